package io.terrafleet.runner.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;

/** Hides sensitive values in the texts, numbers and member names of a JSON document. */
public final class JsonMask {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonMask() {}

    public static JsonNode hide(JsonNode node, Mask mask) {
        return mask.isEmpty() ? node : walk(node, mask);
    }

    private static JsonNode walk(JsonNode node, Mask mask) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = NODES.objectNode();
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                copy.set(mask.hide(member.getKey()), walk(member.getValue(), mask));
            }
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = NODES.arrayNode(array.size());
            array.forEach(entry -> copy.add(walk(entry, mask)));
            return copy;
        }
        if (node.isTextual() || node.isNumber()) {
            String text = node.asText();
            String shown = mask.hide(text);
            return shown.equals(text) ? node : TextNode.valueOf(shown);
        }
        return node;
    }
}
