package io.terrafleet.rego.value;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object; keys may be any value; iterates in the order of its keys. */
public final class ObjectValue implements Value {
    public static final ObjectValue EMPTY = new ObjectValue(new Value[0], new Value[0]);

    private final Value[] keys;
    private final Value[] values;
    private final Index index;
    private int hash;

    /** Takes both arrays over; keys are sorted and distinct. */
    ObjectValue(Value[] keys, Value[] values) {
        this.keys = keys;
        this.values = values;
        this.index = new Index(keys);
    }

    public static ObjectValue of(Map<? extends Value, ? extends Value> entries) {
        if (entries.isEmpty()) {
            return EMPTY;
        }
        Value[] keys = entries.keySet().toArray(Value[]::new);
        Arrays.sort(keys);
        Value[] values = new Value[keys.length];
        for (int i = 0; i < keys.length; i++) {
            Value value = entries.get(keys[i]);
            if (value == null) {
                throw new IllegalArgumentException("no value under " + keys[i]);
            }
            values[i] = value;
        }
        return new ObjectValue(keys, values);
    }

    public int size() {
        return keys.length;
    }

    public Value keyAt(int index) {
        return keys[index];
    }

    public Value valueAt(int index) {
        return values[index];
    }

    /** The keys in order. */
    public List<Value> keys() {
        return Collections.unmodifiableList(Arrays.asList(keys));
    }

    /** The values, in the order of their keys. */
    public List<Value> values() {
        return Collections.unmodifiableList(Arrays.asList(values));
    }

    @Override
    public @Nullable Value get(Value key) {
        int found = index.find(key);
        return found < 0 ? null : values[found];
    }

    public @Nullable Value get(String key) {
        return get(new StringValue(key));
    }

    @Override
    public String typeName() {
        return "object";
    }

    @Override
    public int rank() {
        return 5;
    }

    @Override
    public void write(StringBuilder out) {
        out.append('{');
        for (int i = 0; i < keys.length; i++) {
            if (i > 0) {
                out.append(", ");
            }
            keys[i].write(out);
            out.append(": ");
            values[i].write(out);
        }
        out.append('}');
    }

    @Override
    public int compareTo(Value other) {
        if (!(other instanceof ObjectValue o)) {
            return rank() - other.rank();
        }
        int shared = Math.min(keys.length, o.keys.length);
        for (int i = 0; i < shared; i++) {
            int byKey = keys[i].compareTo(o.keys[i]);
            int order = byKey != 0 ? byKey : values[i].compareTo(o.values[i]);
            if (order != 0) {
                return order;
            }
        }
        return keys.length - o.keys.length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof ObjectValue o
                        && hashCode() == o.hashCode()
                        && Arrays.equals(keys, o.keys)
                        && Arrays.equals(values, o.values));
    }

    @Override
    public int hashCode() {
        if (hash == 0) {
            int computed = 31 * Arrays.hashCode(keys) + Arrays.hashCode(values);
            hash = computed == 0 ? 1 : computed;
        }
        return hash;
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        write(out);
        return out.toString();
    }
}
