package io.terrafleet.rego.value;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Writes values as JSON. */
final class JsonWriter {
    private JsonWriter() {}

    static void quote(String text, StringBuilder out) {
        out.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, out);
        out.append('"');
    }

    static void write(Value value, StringBuilder out) {
        switch (value) {
            case ArrayValue a -> items(a.list(), out);
            case SetValue s -> items(s.list(), out);
            case ObjectValue o -> entries(o, out);
            case NullValue v -> v.write(out);
            case BoolValue v -> v.write(out);
            case NumberValue v -> v.write(out);
            case StringValue v -> v.write(out);
        }
    }

    /** What a key is called in JSON. */
    static String name(Value key) {
        return key instanceof StringValue s ? s.value() : key.toJson();
    }

    private static void items(List<Value> items, StringBuilder out) {
        out.append('[');
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            write(items.get(i), out);
        }
        out.append(']');
    }

    private static void entries(ObjectValue object, StringBuilder out) {
        out.append('{');
        for (int i = 0; i < object.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            quote(name(object.keyAt(i)), out);
            out.append(':');
            write(object.valueAt(i), out);
        }
        out.append('}');
    }

    static JsonNode tree(Value value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (value) {
            case NullValue v -> nodes.nullNode();
            case BoolValue v -> nodes.booleanNode(v.value());
            case StringValue v -> nodes.textNode(v.value());
            case NumberValue v ->
                v.isLong()
                        ? nodes.numberNode(v.longValue())
                        : v.isInteger() ? nodes.numberNode(v.bigInteger()) : nodes.numberNode(v.decimal());
            case ArrayValue v -> array(nodes, v.list());
            case SetValue v -> array(nodes, v.list());
            case ObjectValue v -> object(nodes, v);
        };
    }

    private static JsonNode array(JsonNodeFactory nodes, List<Value> items) {
        ArrayNode array = nodes.arrayNode(items.size());
        items.forEach(item -> array.add(tree(item)));
        return array;
    }

    private static JsonNode object(JsonNodeFactory nodes, ObjectValue value) {
        ObjectNode object = nodes.objectNode();
        for (int i = 0; i < value.size(); i++) {
            object.set(name(value.keyAt(i)), tree(value.valueAt(i)));
        }
        return object;
    }
}
