package io.terrafleet.rego.syntax;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Short forms in metadata: authors as {@code Name <mail>} and related resources as bare links. */
final class Authors {
    private Authors() {}

    static Value normalized(Value key, Value value) {
        if (!(key instanceof StringValue name) || !(value instanceof ArrayValue items)) {
            return value;
        }
        return switch (name.value()) {
            case "authors" -> map(items, Authors::author);
            case "related_resources" -> map(items, link -> ObjectValue.of(Map.of(new StringValue("ref"), link)));
            default -> value;
        };
    }

    private static Value map(ArrayValue items, java.util.function.Function<StringValue, Value> expand) {
        List<Value> expanded = items.list().stream()
                .map(item -> item instanceof StringValue s ? expand.apply(s) : item)
                .toList();
        return ArrayValue.of(expanded);
    }

    private static Value author(StringValue text) {
        String whole = text.value().strip();
        int open = whole.lastIndexOf('<');
        Map<Value, Value> author = new HashMap<>();
        if (open >= 0 && whole.endsWith(">")) {
            author.put(new StringValue("email"), new StringValue(whole.substring(open + 1, whole.length() - 1)));
            whole = whole.substring(0, open).strip();
        }
        if (!whole.isEmpty()) {
            author.put(new StringValue("name"), new StringValue(whole));
        }
        return ObjectValue.of(author);
    }
}
