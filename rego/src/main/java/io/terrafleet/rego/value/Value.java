package io.terrafleet.rego.value;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A value of the language. Immutable and safe to share between threads. The order is the language's own: null, booleans,
 * numbers, strings, arrays, objects, sets; within a type by content.
 */
public sealed interface Value extends Comparable<Value>
        permits NullValue, BoolValue, NumberValue, StringValue, ArrayValue, ObjectValue, SetValue {

    /** {@code null}, {@code boolean}, {@code number}, {@code string}, {@code array}, {@code object} or {@code set}. */
    String typeName();

    /** Rank of the type in the total order. */
    int rank();

    /** What {@code this[key]} refers to, or null when that is undefined. */
    default @Nullable Value get(Value key) {
        return null;
    }

    /** Appends the Rego notation, which is JSON except for sets. */
    void write(StringBuilder out);

    /** Reads one JSON document. */
    static Value fromJson(String json) {
        return JsonReader.read(json);
    }

    /** Reads one JSON document from UTF-8 bytes, without building a tree in between; the stream is not closed. */
    static Value fromJson(InputStream json) throws IOException {
        return JsonReader.read(json);
    }

    /** Reads the value that starts at the parser's current or next token. */
    static Value fromJson(JsonParser parser) throws IOException {
        return JsonReader.read(parser);
    }

    /** Converts a Jackson tree. */
    static Value fromJson(JsonNode node) {
        return JsonReader.convert(node);
    }

    /** JSON; sets become sorted arrays, keys that are not strings become their notation. */
    default String toJson() {
        StringBuilder out = new StringBuilder();
        JsonWriter.write(this, out);
        return out.toString();
    }

    /** A Jackson tree, under the same rules as {@link #toJson()}. */
    default JsonNode toJsonNode() {
        return JsonWriter.tree(this);
    }

    static Value of(boolean value) {
        return value ? BoolValue.TRUE : BoolValue.FALSE;
    }

    static Value of(long value) {
        return NumberValue.of(value);
    }

    static Value of(String value) {
        return new StringValue(value);
    }
}
