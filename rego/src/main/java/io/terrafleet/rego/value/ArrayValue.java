package io.terrafleet.rego.value;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An array. */
public final class ArrayValue implements Value {
    public static final ArrayValue EMPTY = new ArrayValue(new Value[0]);

    private final Value[] items;
    private int hash;

    private ArrayValue(Value[] items) {
        this.items = items;
    }

    /** Takes the array over: the caller must not change it afterwards. */
    static ArrayValue owning(Value[] items) {
        return items.length == 0 ? EMPTY : new ArrayValue(items);
    }

    public static ArrayValue of(Value... items) {
        return owning(items.clone());
    }

    public static ArrayValue of(Collection<? extends Value> items) {
        return owning(items.toArray(Value[]::new));
    }

    public int size() {
        return items.length;
    }

    public Value at(int index) {
        return items[index];
    }

    public List<Value> list() {
        return Collections.unmodifiableList(Arrays.asList(items));
    }

    @Override
    public @Nullable Value get(Value key) {
        if (key instanceof NumberValue n && n.isLong()) {
            long index = n.longValue();
            return index >= 0 && index < items.length ? items[(int) index] : null;
        }
        return null;
    }

    @Override
    public String typeName() {
        return "array";
    }

    @Override
    public int rank() {
        return 4;
    }

    @Override
    public void write(StringBuilder out) {
        out.append('[');
        for (int i = 0; i < items.length; i++) {
            if (i > 0) {
                out.append(", ");
            }
            items[i].write(out);
        }
        out.append(']');
    }

    @Override
    public int compareTo(Value other) {
        return other instanceof ArrayValue a ? Arrays.compare(items, a.items) : rank() - other.rank();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof ArrayValue a && hashCode() == a.hashCode() && Arrays.equals(items, a.items));
    }

    @Override
    public int hashCode() {
        if (hash == 0) {
            int computed = Arrays.hashCode(items);
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
