package io.terrafleet.api.organization;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.api.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a tag may be, of a workspace or of a project: keys of 1 to 255 characters, values of up to 256. */
public final class TagRules {
    private static final Pattern KEY =
            Pattern.compile("[\\p{L}\\p{N}_.:=+@/-]([\\p{L}\\p{N}_.:=+@/ -]{0,253}[\\p{L}\\p{N}_.:=+@/-])?");
    private static final int LONGEST_VALUE = 256;

    private TagRules() {}

    public static void check(String key, String value) {
        checkKey(key);
        if (value.length() > LONGEST_VALUE || value.chars().anyMatch(Character::isISOControl)) {
            throw Problem.invalid("value", "Value may have at most 256 characters and no control character");
        }
    }

    static void checkKey(String key) {
        if (!KEY.matcher(key).matches()) {
            throw Problem.invalid(
                    "key",
                    "Key is invalid: a tag has 1 to 255 letters, numbers, spaces inside, or characters of _.:=+@/-");
        }
    }

    /** Of {@code {"type":"tag-bindings","attributes":{"key":…,"value":…}}}; the last value of a key counts. */
    public static Map<String, String> bindings(List<JsonNode> items) {
        Map<String, String> bindings = new TreeMap<>();
        for (JsonNode item : items) {
            JsonNode key = item.path("attributes").path("key");
            JsonNode value = item.path("attributes").path("value");
            if (!key.isTextual()) {
                throw Problem.invalid("key", "Key can't be blank: every tag binding needs a key");
            }
            if (!value.isMissingNode() && !value.isNull() && !value.isTextual()) {
                throw Problem.invalid("value", "Value must be a string");
            }
            bindings.put(key.textValue(), value.asText(""));
        }
        return bindings;
    }
}
