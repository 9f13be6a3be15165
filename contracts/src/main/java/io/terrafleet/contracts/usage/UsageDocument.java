package io.terrafleet.contracts.usage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.terrafleet.contracts.Json;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A usage file in the format of {@code infracost-usage.yml} (https://www.infracost.io/docs/features/usage_based_resources), read
 * and checked.
 *
 * @param byAddress {@code resource_usage}: by address, {@code [*]} for every instance, or by type; missing when the file has none
 * @param byType {@code resource_type_default_usage}: by type; missing when the file has none
 */
public record UsageDocument(JsonNode byAddress, JsonNode byType) {
    /** A larger file, in bytes of UTF-8, is refused. */
    public static final int MOST_BYTES = 4_194_304;

    /** What says nothing of any resource. */
    public static final UsageDocument NONE = new UsageDocument(MissingNode.getInstance(), MissingNode.getInstance());

    static final String BY_ADDRESS = "resource_usage";
    static final String BY_TYPE = "resource_type_default_usage";

    private static final int MOST_ALIASES = 50;
    private static final int DEEPEST = 10;

    /** @throws UsageUnreadable when the text is not such a file; the message says where */
    public static UsageDocument parse(String yaml) throws UsageUnreadable {
        if (yaml.length() > MOST_BYTES || yaml.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw new UsageUnreadable("the usage file is longer than " + MOST_BYTES + " bytes");
        }
        try {
            Yaml reader = new Yaml(new SafeConstructor(bounds()));
            UsageCheck.check(reader.compose(new StringReader(yaml)));
            @Nullable JsonNode root = Json.mapper().valueToTree(reader.load(yaml));
            if (root == null || root.isNull() || root.isMissingNode()) {
                return NONE;
            }
            return new UsageDocument(section(root, BY_ADDRESS), section(root, BY_TYPE));
        } catch (MarkedYAMLException e) {
            String where = e.getProblemMark() == null
                    ? ""
                    : "line " + (e.getProblemMark().getLine() + 1) + ": ";
            throw new UsageUnreadable("the usage file is not YAML: " + where + e.getProblem(), e);
        } catch (YAMLException | IllegalArgumentException e) {
            throw new UsageUnreadable("the usage file cannot be read: it is beyond what is allowed", e);
        }
    }

    private static LoaderOptions bounds() {
        LoaderOptions bounds = new LoaderOptions();
        bounds.setMaxAliasesForCollections(MOST_ALIASES);
        bounds.setNestingDepthLimit(DEEPEST);
        bounds.setCodePointLimit(MOST_BYTES);
        bounds.setAllowDuplicateKeys(false);
        return bounds;
    }

    private static JsonNode section(JsonNode root, String name) {
        JsonNode section = root.path(name);
        return section.isObject() ? section : MissingNode.getInstance();
    }
}
