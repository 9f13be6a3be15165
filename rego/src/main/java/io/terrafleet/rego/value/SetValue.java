package io.terrafleet.rego.value;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A set; iterates in order. */
public final class SetValue implements Value {
    public static final SetValue EMPTY = new SetValue(new Value[0]);

    private final Value[] members;
    private final Index index;
    private int hash;

    private SetValue(Value[] sorted) {
        this.members = sorted;
        this.index = new Index(sorted);
    }

    public static SetValue of(Value... members) {
        return of(Arrays.asList(members));
    }

    /** Duplicates are dropped. */
    public static SetValue of(Collection<? extends Value> members) {
        if (members.isEmpty()) {
            return EMPTY;
        }
        Collection<? extends Value> distinct = members instanceof Set ? members : new HashSet<>(members);
        Value[] sorted = distinct.toArray(Value[]::new);
        Arrays.sort(sorted);
        return new SetValue(sorted);
    }

    public int size() {
        return members.length;
    }

    public Value at(int index) {
        return members[index];
    }

    public boolean contains(Value value) {
        return index.find(value) >= 0;
    }

    /** The members in order. */
    public List<Value> list() {
        return Collections.unmodifiableList(Arrays.asList(members));
    }

    @Override
    public @Nullable Value get(Value key) {
        int found = index.find(key);
        return found < 0 ? null : members[found];
    }

    @Override
    public String typeName() {
        return "set";
    }

    @Override
    public int rank() {
        return 6;
    }

    @Override
    public void write(StringBuilder out) {
        if (members.length == 0) {
            out.append("set()");
            return;
        }
        out.append('{');
        for (int i = 0; i < members.length; i++) {
            if (i > 0) {
                out.append(", ");
            }
            members[i].write(out);
        }
        out.append('}');
    }

    @Override
    public int compareTo(Value other) {
        return other instanceof SetValue s ? Arrays.compare(members, s.members) : rank() - other.rank();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof SetValue s && hashCode() == s.hashCode() && Arrays.equals(members, s.members));
    }

    @Override
    public int hashCode() {
        if (hash == 0) {
            int computed = 31 + Arrays.hashCode(members);
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
