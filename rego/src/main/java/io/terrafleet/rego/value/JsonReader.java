package io.terrafleet.rego.value;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TreeTraversingParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Builds values from JSON tokens. Keys are shared within a document; Jackson bounds nesting and number length. */
final class JsonReader {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonParser parser;
    private final Map<String, StringValue> names = new HashMap<>();

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    static Value read(String json) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            return whole(parser);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    static Value read(InputStream json) throws IOException {
        try (JsonParser parser = FACTORY.createParser(json)) {
            parser.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
            return whole(parser);
        }
    }

    static Value read(JsonParser parser) throws IOException {
        if (parser.currentToken() == null) {
            parser.nextToken();
        }
        return new JsonReader(parser).value();
    }

    static Value convert(JsonNode node) {
        try (JsonParser parser = new TreeTraversingParser(node)) {
            return read(parser);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static Value whole(JsonParser parser) throws IOException {
        parser.nextToken();
        Value value = new JsonReader(parser).value();
        if (parser.nextToken() != null) {
            throw new IOException("unexpected content after the JSON document at "
                    + parser.currentTokenLocation().offsetDescription());
        }
        return value;
    }

    private Value value() throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new IOException("unexpected end of JSON input");
        }
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> new StringValue(parser.getText());
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> decimal();
            case VALUE_TRUE -> BoolValue.TRUE;
            case VALUE_FALSE -> BoolValue.FALSE;
            case VALUE_NULL -> NullValue.NULL;
            default -> throw new IOException("unexpected " + token + " in a JSON document");
        };
    }

    private Value integer() throws IOException {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? NumberValue.of(parser.getBigIntegerValue())
                : NumberValue.of(parser.getLongValue());
    }

    private Value decimal() throws IOException {
        try {
            return NumberValue.written(parser.getDecimalValue());
        } catch (ArithmeticException e) {
            throw new IOException("number out of range: " + parser.getText(), e);
        }
    }

    private Value array() throws IOException {
        List<Value> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value());
        }
        return ArrayValue.owning(items.toArray(Value[]::new));
    }

    private Value object() throws IOException {
        List<Value> keys = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        boolean sorted = true;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            StringValue key = names.computeIfAbsent(parser.currentName(), StringValue::new);
            sorted = sorted && (keys.isEmpty() || keys.getLast().compareTo(key) < 0);
            keys.add(key);
            parser.nextToken();
            values.add(value());
        }
        if (keys.isEmpty()) {
            return ObjectValue.EMPTY;
        }
        return sorted ? new ObjectValue(keys.toArray(Value[]::new), values.toArray(Value[]::new)) : sort(keys, values);
    }

    private static Value sort(List<Value> keys, List<Value> values) {
        Map<Value, Value> last = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            last.put(keys.get(i), values.get(i));
        }
        Value[] sorted = last.keySet().toArray(Value[]::new);
        Arrays.sort(sorted);
        return new ObjectValue(sorted, Arrays.stream(sorted).map(last::get).toArray(Value[]::new));
    }
}
