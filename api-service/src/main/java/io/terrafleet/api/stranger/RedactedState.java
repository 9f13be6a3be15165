package io.terrafleet.api.stranger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrafleet.contracts.Json;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A state (version 4 of terraform's file) in which everything sensitive has another value of the same shape: what is marked as sensitive, what
 * has the name of a secret, for engines before 1.10 did not mark what only a provider's schema calls sensitive, and wherever else such a value
 * stands. What remains is what a plan is made of: which objects there are, and their plain settings.
 */
public final class RedactedState {
    /** Stands for a text that is withheld. */
    public static final String WITHHELD = "(withheld)";

    private static final Pattern SECRET = Pattern.compile(
            "(?i)(.*_)?(password|passwd|passphrase|secret|secrets|secret_string|secret_binary|secret_key|token|tokens"
                    + "|private_key|private_key_pem|private_key_openssh|private_key_pem_pkcs8|api_key|apikey|access_key|connection_string|kube_config.*|client_key"
                    + "|credentials|result|bcrypt_hash|auth_token|sas|user_data|user_data_base64|pfx|p12|certificate_pem_pkcs12)(_wo)?");
    /** A shorter one is looked for as a whole text only: as a part it would be found everywhere. */
    private static final int SHORTEST_ECHO = 8;
    /** In digits; a smaller number means nothing by itself. */
    private static final int SHORTEST_NUMBER = 4;

    private final Set<String> withheld = new HashSet<>();
    private final Set<String> brief = new HashSet<>();
    private final Set<String> numbers = new HashSet<>();

    private RedactedState() {}

    /**
     * @return a state; of something else nothing is left
     */
    public static byte[] of(byte[] state) {
        try {
            JsonNode json = Json.mapper().readTree(state);
            if (json instanceof ObjectNode object) {
                RedactedState redaction = new RedactedState();
                redaction.hide(object);
                redaction.echoesIn(object);
                return Json.write(object);
            }
        } catch (IOException e) {
            return new byte[0];
        }
        return new byte[0];
    }

    private void hide(ObjectNode state) {
        for (JsonNode output : state.path("outputs")) {
            if (output instanceof ObjectNode object && object.path("sensitive").asBoolean(false)) {
                object.set("value", withhold(object.path("value")));
            }
        }
        for (JsonNode resource : state.path("resources")) {
            for (JsonNode instance : resource.path("instances")) {
                if (instance instanceof ObjectNode object) {
                    instance(object);
                }
            }
        }
        // Checks carry messages that may speak of anything.
        state.remove("check_results");
    }

    private void instance(ObjectNode instance) {
        instance.remove("private");
        instance.remove("attributes_flat");
        JsonNode attributes = instance.path("attributes");
        for (JsonNode path : instance.path("sensitive_attributes")) {
            hide(attributes, path, 0);
        }
        byName(attributes);
    }

    /** A path is a list of steps, each {@code {"type": "get_attr" | "index", "value": …}}; an index may be of any shape. */
    private void hide(JsonNode within, JsonNode path, int step) {
        JsonNode value = path.path(step).path("value");
        JsonNode key = value.isObject() ? value.path("value") : value;
        boolean last = step == path.size() - 1;
        if (within instanceof ObjectNode object && object.has(key.asText())) {
            if (last) {
                object.set(key.asText(), withhold(object.path(key.asText())));
            } else {
                hide(object.path(key.asText()), path, step + 1);
            }
        } else if (within instanceof ArrayNode array && key.isInt() && array.has(key.asInt())) {
            if (last) {
                array.set(key.asInt(), withhold(array.path(key.asInt())));
            } else {
                hide(array.path(key.asInt()), path, step + 1);
            }
        } else if (within instanceof ArrayNode array) {
            // A set: its elements have no place by which they could be told apart.
            for (int i = 0; i < array.size(); i++) {
                array.set(i, withhold(array.path(i)));
            }
        }
    }

    private void byName(JsonNode within) {
        if (within instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                if (SECRET.matcher(field.getKey()).matches()) {
                    field.setValue(withhold(field.getValue()));
                } else {
                    byName(field.getValue());
                }
            }
        } else if (within.isArray()) {
            within.forEach(this::byName);
        }
    }

    /** A value whose type only it itself knows is kept with its type beside it. */
    private static boolean isTyped(ObjectNode object) {
        return object.size() == 2 && object.has("value") && object.has("type");
    }

    /** The same shape without its content. */
    private JsonNode withhold(JsonNode value) {
        if (value instanceof ObjectNode object) {
            boolean typed = isTyped(object);
            object.properties().stream()
                    .filter(field -> !typed || field.getKey().equals("value"))
                    .forEach(field -> field.setValue(withhold(field.getValue())));
            return object;
        }
        if (value instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, withhold(array.path(i)));
            }
            return array;
        }
        if (value.isTextual()) {
            (value.textValue().length() >= SHORTEST_ECHO ? withheld : brief).add(value.textValue());
            return JsonNodeFactory.instance.textNode(WITHHELD);
        }
        if (value.isNumber() && value.asText().length() >= SHORTEST_NUMBER) {
            numbers.add(value.asText());
        }
        return value.isNumber()
                ? JsonNodeFactory.instance.numberNode(0)
                : value.isBoolean() ? JsonNodeFactory.instance.booleanNode(false) : value;
    }

    /** The same value somewhere else, alone or as a part of a text. */
    private void echoesIn(ObjectNode state) {
        brief.remove("");
        if (withheld.isEmpty() && brief.isEmpty() && numbers.isEmpty()) {
            return;
        }
        state.path("outputs").forEach(this::echoes);
        for (JsonNode resource : state.path("resources")) {
            for (JsonNode instance : resource.path("instances")) {
                echoes(instance.path("attributes"));
            }
        }
    }

    private void echoes(JsonNode within) {
        if (within instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                if (field.getKey().equals("type") && isTyped(object)) {
                    return;
                }
                field.setValue(echo(field.getValue()));
            });
        } else if (within instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, echo(array.path(i)));
            }
        }
    }

    private JsonNode echo(JsonNode value) {
        if (value.isTextual()) {
            return JsonNodeFactory.instance.textNode(without(value.textValue()));
        }
        if (value.isNumber()) {
            return numbers.contains(value.asText()) ? JsonNodeFactory.instance.numberNode(0) : value;
        }
        echoes(value);
        return value;
    }

    private String without(String text) {
        if (brief.contains(text)) {
            return WITHHELD;
        }
        String left = text;
        for (String secret : withheld) {
            left = left.contains(secret) ? left.replace(secret, WITHHELD) : left;
        }
        return left;
    }
}
