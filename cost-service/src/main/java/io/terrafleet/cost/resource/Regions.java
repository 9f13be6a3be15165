package io.terrafleet.cost.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the region of a resource: its own, its provider's, the one in its ARN or zone, or else a stated assumption. */
final class Regions {
    static final String ASSUMED = "us-east-1";
    private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d{1,2}");

    /** @param assumption why this region was taken, when the plan does not say it */
    record Region(String name, Optional<String> assumption) {}

    private final Configuration configuration;
    private final References references;
    private final Map<String, String> ofProvider = new HashMap<>();

    Regions(Configuration configuration, References references) {
        this.configuration = configuration;
        this.references = references;
    }

    /** @param providerKey the resource's provider in the configuration; null when its block is gone */
    Region of(PlannedResource resource, @Nullable String providerKey) {
        String found = own(resource.values().path("region"));
        if (found.isEmpty()) {
            found = ofProvider.computeIfAbsent(providerKey == null ? "aws" : providerKey, this::provider);
        }
        if (found.isEmpty() || providerKey == null) {
            found = firstKnown(
                    arn(resource.values().path("arn")), zone(resource.values().path("availability_zone")), found);
        }
        return found.isEmpty()
                ? new Region(ASSUMED, Optional.of("the plan does not say the region; assumed " + ASSUMED))
                : new Region(found, Optional.empty());
    }

    private String provider(String key) {
        JsonNode block = configuration.provider(key);
        if (block.isMissingNode()) {
            block = configuration.provider("aws");
        }
        String module = block.path("module_address").asText("");
        return own(references.constant(block.path("expressions").path("region"), module));
    }

    private static String own(JsonNode value) {
        return value.isTextual() && REGION.matcher(value.textValue()).matches() ? value.textValue() : "";
    }

    private static String arn(JsonNode value) {
        List<String> parts = value.isTextual() ? List.of(value.textValue().split(":", 6)) : List.of();
        return parts.size() == 6 && REGION.matcher(parts.get(3)).matches() ? parts.get(3) : "";
    }

    private static String zone(JsonNode value) {
        String zone = value.asText("");
        String region = zone.isEmpty() ? "" : zone.substring(0, zone.length() - 1);
        return REGION.matcher(region).matches() ? region : "";
    }

    private static String firstKnown(String... candidates) {
        for (String candidate : candidates) {
            if (!candidate.isEmpty()) {
                return candidate;
            }
        }
        return "";
    }
}
