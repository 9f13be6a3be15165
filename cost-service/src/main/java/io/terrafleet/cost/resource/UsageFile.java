package io.terrafleet.cost.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.terrafleet.contracts.Json;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * How much of what is billed by use a workspace uses, in the format of {@code infracost-usage.yml}
 * (https://www.infracost.io/docs/features/usage_based_resources): {@code resource_usage} by address, {@code [*]} for every instance,
 * and {@code resource_type_default_usage} by type.
 */
public final class UsageFile {
    /** No resource's use is known. */
    public static final UsageFile NONE = new UsageFile(MissingNode.getInstance(), MissingNode.getInstance());

    /** A larger file, in bytes, is refused. */
    public static final int MOST_BYTES = 4_194_304;

    private static final int MOST_ALIASES = 50;
    private static final int DEEPEST = 10;
    private static final int MOST_RESOURCES = 20_000;

    private final JsonNode byAddress;
    private final JsonNode byType;

    private UsageFile(JsonNode byAddress, JsonNode byType) {
        this.byAddress = byAddress;
        this.byType = byType;
    }

    /** @throws UsageUnreadable when the text is not such a file; the message says where */
    public static UsageFile parse(String yaml) throws UsageUnreadable {
        if (yaml.length() > MOST_BYTES) {
            throw new UsageUnreadable("the usage file is longer than " + MOST_BYTES + " bytes");
        }
        JsonNode root = root(yaml);
        if (root.isNull() || root.isMissingNode()) {
            return NONE;
        }
        if (!root.isObject()) {
            throw new UsageUnreadable("the usage file must be a mapping with resource_usage");
        }
        return new UsageFile(section(root, "resource_usage"), section(root, "resource_type_default_usage"));
    }

    private static JsonNode root(String yaml) throws UsageUnreadable {
        LoaderOptions bounds = new LoaderOptions();
        bounds.setMaxAliasesForCollections(MOST_ALIASES);
        bounds.setNestingDepthLimit(DEEPEST);
        bounds.setCodePointLimit(MOST_BYTES);
        bounds.setAllowDuplicateKeys(false);
        try {
            Object loaded = new Yaml(new SafeConstructor(bounds)).load(yaml);
            return Json.mapper().valueToTree(loaded);
        } catch (MarkedYAMLException e) {
            String where = e.getProblemMark() == null
                    ? ""
                    : "line " + (e.getProblemMark().getLine() + 1) + ": ";
            throw new UsageUnreadable("the usage file is not YAML: " + where + e.getProblem(), e);
        } catch (YAMLException | IllegalArgumentException e) {
            throw new UsageUnreadable("the usage file cannot be read: it is beyond what is allowed", e);
        }
    }

    private static JsonNode section(JsonNode root, String name) throws UsageUnreadable {
        JsonNode section = root.path(name);
        if (section.isMissingNode() || section.isNull()) {
            return MissingNode.getInstance();
        }
        if (!section.isObject()) {
            throw new UsageUnreadable(
                    name + " must be a mapping from " + (name.contains("type") ? "types" : "addresses") + " to usage");
        }
        if (section.size() > MOST_RESOURCES) {
            throw new UsageUnreadable(name + " has more than " + MOST_RESOURCES + " entries");
        }
        return section;
    }

    /** What is known of a resource: by its address, then by all instances of it, then by its type. */
    Usage of(String address, String type) {
        for (JsonNode candidate : List.of(
                byAddress.path(address), byAddress.path(starred(address)), byAddress.path(type), byType.path(type))) {
            if (candidate.isObject()) {
                return new Usage(candidate, "");
            }
        }
        return Usage.NONE;
    }

    /** Addresses of things that no plan has but the file knows, for example {@code aws_data_transfer.us-east-1}. */
    public List<String> addresses(String type) {
        List<String> found = new ArrayList<>();
        byAddress.fieldNames().forEachRemaining(address -> {
            if (address.startsWith(type + ".")) {
                found.add(address);
            }
        });
        return found;
    }

    private static String starred(String address) {
        int open = address.endsWith("]") ? address.lastIndexOf('[') : -1;
        return open < 0 ? address : address.substring(0, open) + "[*]";
    }
}
