package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.SetValue;
import io.terrafleet.rego.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Functions on arrays and sets. */
final class Collections {
    private Collections() {}

    static void register(Builtins.Registry registry) {
        registry.add("array.concat", 2, o -> concat(o.array(0), o.array(1)));
        registry.add("array.slice", 3, Collections::slice);
        registry.add("array.reverse", 1, o -> ArrayValue.of(o.array(0).list().reversed()));
        registry.add("array.flatten", 1, Collections::flatten);
        registry.add("union", 1, Collections::union);
        registry.add("intersection", 1, Collections::intersection);
        registry.add("set_diff", 2, o -> {
            SetValue right = o.set(1);
            return SetValue.of(
                    o.set(0).list().stream().filter(v -> !right.contains(v)).toList());
        });
    }

    private static Value concat(ArrayValue left, ArrayValue right) {
        List<Value> joined = new ArrayList<>(left.list());
        joined.addAll(right.list());
        return ArrayValue.of(joined);
    }

    private static Value slice(Operands o) {
        ArrayValue array = o.array(0);
        int start = Math.max(0, o.integer(1));
        int stop = Math.min(array.size(), o.integer(2));
        return start >= stop ? ArrayValue.EMPTY : ArrayValue.of(array.list().subList(start, stop));
    }

    private static Value flatten(Operands o) {
        List<Value> flat = new ArrayList<>();
        for (Value item : o.array(0).list()) {
            if (item instanceof ArrayValue inner) {
                flat.addAll(inner.list());
            } else {
                flat.add(item);
            }
        }
        return ArrayValue.of(flat);
    }

    private static List<SetValue> sets(Operands o) {
        List<SetValue> sets = new ArrayList<>();
        for (Value member : o.set(0).list()) {
            if (!(member instanceof SetValue set)) {
                throw o.type(0, "must be set of sets but got set containing " + member.typeName());
            }
            sets.add(set);
        }
        return sets;
    }

    private static Value union(Operands o) {
        Set<Value> all = new HashSet<>();
        sets(o).forEach(set -> all.addAll(set.list()));
        return SetValue.of(all);
    }

    private static Value intersection(Operands o) {
        @Nullable SetValue common = null;
        for (SetValue set : sets(o)) {
            common = common == null ? set : Operators.intersection(common, set);
        }
        return common == null ? SetValue.EMPTY : common;
    }
}
