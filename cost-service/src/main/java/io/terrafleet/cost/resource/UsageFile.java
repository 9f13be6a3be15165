package io.terrafleet.cost.resource;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.usage.UsageDocument;
import io.terrafleet.contracts.usage.UsageUnreadable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * How much of what is billed by use a workspace uses, from one usage file or from several: a later one is asked first, and what it
 * knows of a resource counts alone.
 */
public final class UsageFile {
    /** No resource's use is known. */
    public static final UsageFile NONE = new UsageFile(List.of());

    private final List<UsageDocument> layers;

    private UsageFile(List<UsageDocument> layers) {
        this.layers = layers;
    }

    /** @throws UsageUnreadable when the text is not such a file; the message says where */
    public static UsageFile parse(String yaml) throws UsageUnreadable {
        return new UsageFile(List.of(UsageDocument.parse(yaml)));
    }

    /** This file where the other, later one knows nothing. */
    public UsageFile under(UsageFile later) {
        return new UsageFile(
                Stream.concat(layers.stream(), later.layers.stream()).toList());
    }

    /** What is known of a resource: by its address, then by all instances of it, then by its type. */
    Usage of(String address, String type) {
        for (UsageDocument layer : layers.reversed()) {
            for (JsonNode candidate : List.of(
                    layer.byAddress().path(address),
                    layer.byAddress().path(starred(address)),
                    layer.byAddress().path(type),
                    layer.byType().path(type))) {
                if (candidate.isObject()) {
                    return new Usage(candidate, "");
                }
            }
        }
        return Usage.NONE;
    }

    /** Addresses of things that no plan has but the file knows, for example {@code aws_data_transfer.us-east-1}. */
    public List<String> addresses(String type) {
        LinkedHashSet<String> found = new LinkedHashSet<>();
        layers.forEach(layer -> layer.byAddress().fieldNames().forEachRemaining(address -> {
            if (address.startsWith(type + ".")) {
                found.add(address);
            }
        }));
        return List.copyOf(found);
    }

    private static String starred(String address) {
        int open = address.endsWith("]") ? address.lastIndexOf('[') : -1;
        return open < 0 ? address : address.substring(0, open) + "[*]";
    }
}
