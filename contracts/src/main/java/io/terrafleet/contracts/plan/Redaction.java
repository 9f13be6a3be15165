package io.terrafleet.contracts.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Makes the document that people may see: only the members that a plan is displayed from, every value that terraform marks as
 * sensitive replaced. Members as {@code GET plans/ID/json-output-redacted} of the TFE API has them.
 */
public final class Redaction {
    public static final String HIDDEN = "(sensitive value)";
    private static final String GENERATED = "generated_config";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Redaction() {}

    public static ObjectNode of(PlanDocument plan) {
        JsonNode root = plan.root();
        ObjectNode shown = NODES.objectNode();
        shown.put("plan_format_version", plan.formatVersion());
        shown.put("terraform_version", plan.terraformVersion());
        shown.set("resource_changes", changes(root.path("resource_changes")));
        shown.set("resource_drift", changes(root.path("resource_drift")));
        shown.set("output_changes", outputs(root.path("output_changes")));
        if (root.path("relevant_attributes").isArray()) {
            shown.set("relevant_attributes", root.get("relevant_attributes"));
        }
        return shown;
    }

    private static ArrayNode changes(JsonNode list) {
        ArrayNode shown = NODES.arrayNode();
        for (JsonNode entry : list) {
            ObjectNode copy = NODES.objectNode();
            copy.setAll((ObjectNode) entry);
            copy.set("change", change(entry.path("change")));
            shown.add(copy);
        }
        return shown;
    }

    private static ObjectNode outputs(JsonNode outputs) {
        ObjectNode shown = NODES.objectNode();
        outputs.properties().forEach(output -> shown.set(output.getKey(), change(output.getValue())));
        return shown;
    }

    private static ObjectNode change(JsonNode change) {
        ObjectNode copy = NODES.objectNode();
        if (change instanceof ObjectNode object) {
            copy.setAll(object);
            copy.set("before", hide(change.path("before"), change.path("before_sensitive")));
            copy.set("after", hide(change.path("after"), change.path("after_sensitive")));
            if (change.path(GENERATED).isTextual()) {
                copy.put(GENERATED, generated(change));
            }
        }
        return copy;
    }

    /** Terraform itself writes null for what a provider calls sensitive; whatever else is hidden does not stand there either. */
    private static String generated(JsonNode change) {
        Set<String> secrets = new HashSet<>();
        collect(change.path("before"), change.path("before_sensitive"), secrets);
        collect(change.path("after"), change.path("after_sensitive"), secrets);
        String text = change.path(GENERATED).textValue();
        for (String secret : secrets) {
            text = text.replace(secret, HIDDEN);
        }
        return text;
    }

    /** The texts that {@link #hide} replaces. */
    private static void collect(JsonNode value, JsonNode marks, Set<String> secrets) {
        if (marks.isBoolean() && marks.booleanValue()) {
            if (value.isValueNode() && !value.isNull() && !value.asText().isEmpty()) {
                secrets.add(value.asText());
            }
            value.forEach(child -> collect(child, marks, secrets));
        } else if (value instanceof ObjectNode object && marks.isObject()) {
            object.properties().forEach(member -> collect(member.getValue(), marks.path(member.getKey()), secrets));
        } else if (value instanceof ArrayNode array && marks.isArray()) {
            for (int i = 0; i < array.size(); i++) {
                collect(array.get(i), marks.path(i), secrets);
            }
        }
    }

    /** The value with whatever {@code marks} (the same shape, {@code true} where sensitive) points at replaced. */
    static JsonNode hide(JsonNode value, JsonNode marks) {
        if (value.isMissingNode() || value.isNull()) {
            return NODES.nullNode();
        }
        if (marks.isBoolean()) {
            return marks.booleanValue() ? TextNode.valueOf(HIDDEN) : value;
        }
        if (value instanceof ObjectNode object && marks.isObject()) {
            ObjectNode copy = NODES.objectNode();
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                copy.set(member.getKey(), hide(member.getValue(), marks.path(member.getKey())));
            }
            return copy;
        }
        if (value instanceof ArrayNode array && marks.isArray()) {
            ArrayNode copy = NODES.arrayNode();
            for (int i = 0; i < array.size(); i++) {
                copy.add(hide(array.get(i), marks.path(i)));
            }
            return copy;
        }
        return value;
    }
}
