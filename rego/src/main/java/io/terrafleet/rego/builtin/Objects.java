package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.SetValue;
import io.terrafleet.rego.value.Value;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Functions on objects. */
final class Objects {
    private Objects() {}

    static void register(Builtins.Registry registry) {
        registry.add("object.get", 3, Objects::get);
        registry.add("object.keys", 1, o -> SetValue.of(o.object(0).keys()));
        registry.add("object.remove", 2, o -> {
            ObjectValue object = o.object(0);
            return filtered(object, keys(o), false);
        });
        registry.add("object.filter", 2, o -> {
            ObjectValue object = o.object(0);
            return filtered(object, keys(o), true);
        });
        registry.add("object.union", 2, o -> merged(o.object(0), o.object(1)));
        registry.add("object.union_n", 1, Objects::mergedAll);
        registry.add("object.subset", 2, o -> Value.of(subset(o)));
    }

    static Map<Value, Value> map(ObjectValue object) {
        Map<Value, Value> map = HashMap.newHashMap(object.size());
        for (int i = 0; i < object.size(); i++) {
            map.put(object.keyAt(i), object.valueAt(i));
        }
        return map;
    }

    private static Value get(Operands o) {
        ObjectValue object = o.object(0);
        if (!(o.at(1) instanceof ArrayValue path)) {
            Value found = object.get(o.at(1));
            return found == null ? o.at(2) : found;
        }
        Value found = object;
        for (Value key : path.list()) {
            Value next = found.get(key);
            if (next == null) {
                return o.at(2);
            }
            found = next;
        }
        return found;
    }

    private static Set<Value> keys(Operands o) {
        return switch (o.at(1)) {
            case ObjectValue keys -> new HashSet<>(keys.keys());
            case ArrayValue keys -> new HashSet<>(keys.list());
            case SetValue keys -> new HashSet<>(keys.list());
            default -> throw o.wrong(1, "one of {object, set, array}");
        };
    }

    private static Value filtered(ObjectValue object, Set<Value> keys, boolean keep) {
        Map<Value, Value> kept = map(object);
        kept.keySet().removeIf(key -> keys.contains(key) != keep);
        return ObjectValue.of(kept);
    }

    private static Value merged(Value left, Value right) {
        if (!(left instanceof ObjectValue a) || !(right instanceof ObjectValue b)) {
            return right;
        }
        Map<Value, Value> all = map(a);
        for (int i = 0; i < b.size(); i++) {
            all.merge(b.keyAt(i), b.valueAt(i), Objects::merged);
        }
        return ObjectValue.of(all);
    }

    private static Value mergedAll(Operands o) {
        Value all = ObjectValue.EMPTY;
        for (Value object : o.array(0).list()) {
            if (!(object instanceof ObjectValue)) {
                throw o.type(0, "must be array of objects but got array containing " + object.typeName());
            }
            all = merged(all, object);
        }
        return all;
    }

    private static boolean subset(Operands o) {
        Value whole = o.at(0);
        Value part = o.at(1);
        boolean comparable =
                whole.typeName().equals(part.typeName()) || (whole instanceof ArrayValue && part instanceof SetValue);
        if (!comparable
                || !(whole instanceof ObjectValue || whole instanceof SetValue || whole instanceof ArrayValue)) {
            throw o.wrong(0, "one of {object, set, array}, like operand 2,");
        }
        return covers(whole, part);
    }

    /** Objects cover key by key, sets and arrays by their members, arrays over arrays as a run; others are equal. */
    private static boolean covers(@Nullable Value whole, Value part) {
        return switch (whole) {
            case ObjectValue a
            when part instanceof ObjectValue b -> {
                boolean all = true;
                for (int i = 0; all && i < b.size(); i++) {
                    all = covers(a.get(b.keyAt(i)), b.valueAt(i));
                }
                yield all;
            }
            case SetValue a when part instanceof SetValue b -> containsAll(a.list(), b.list());
            case ArrayValue a when part instanceof SetValue b -> containsAll(a.list(), b.list());
            case ArrayValue a
            when part instanceof ArrayValue b -> java.util.Collections.indexOfSubList(a.list(), b.list()) >= 0;
            case null, default -> part.equals(whole);
        };
    }

    private static boolean containsAll(Collection<Value> whole, List<Value> part) {
        return new HashSet<>(whole).containsAll(part);
    }
}
