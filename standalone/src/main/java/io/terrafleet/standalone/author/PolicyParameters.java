package io.terrafleet.standalone.author;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrafleet.rego.value.Value;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads parameter files. A file named like a parameter of the library ({@code phi_resources.json}) holds that parameter, and so does one
 * whose content can be nothing else; any other file is an object of parameters by name.
 */
final class PolicyParameters {
    private static final List<String> NAMED = List.of(
            "phi_resources",
            "allowed_amis",
            "allowed_cidrs",
            "encryption",
            "required_tags",
            "allowed_regions",
            "allowed_instance_families",
            "allowed_providers",
            "allowed_module_sources",
            "optional_rules");

    private PolicyParameters() {}

    static Map<String, JsonNode> read(List<String> files) {
        Map<String, JsonNode> parameters = new LinkedHashMap<>();
        for (String file : files) {
            Value value = Documents.value(file);
            JsonNode content = value.toJsonNode();
            String stem = Path.of(file).getFileName().toString().replaceFirst("\\.(json|ya?ml)$", "");
            if (NAMED.contains(stem)) {
                parameters.put(stem, content);
            } else if (content instanceof ObjectNode object && object.has("arns") && !object.has("phi_resources")) {
                parameters.put("phi_resources", content);
            } else if (content instanceof ObjectNode object) {
                object.properties().forEach(entry -> parameters.put(entry.getKey(), entry.getValue()));
            } else if (content instanceof ArrayNode list && looksLikeImages(list)) {
                parameters.put("allowed_amis", content);
            } else {
                throw new ToolFailure(file + " must be an object of parameters by name, or be named like one: "
                        + String.join(", ", NAMED));
            }
        }
        return parameters;
    }

    private static boolean looksLikeImages(ArrayNode list) {
        for (JsonNode each : list) {
            boolean image =
                    each.asText().startsWith("ami-") || each.asText().startsWith("resolve:ssm:") || each.has("owner");
            if (!image) {
                return false;
            }
        }
        return true;
    }
}
