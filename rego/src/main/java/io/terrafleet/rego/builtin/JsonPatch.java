package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.NumberValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.SetValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** RFC 6902, also on sets. A patch that does not apply leaves the call undefined. */
final class JsonPatch {
    private JsonPatch() {}

    static @Nullable Value apply(Operands o) {
        Value document = o.at(0);
        for (Value operation : o.array(1).list()) {
            if (!(operation instanceof ObjectValue patch)) {
                throw o.type(1, "must be array of objects but got array containing " + operation.typeName());
            }
            Value changed = one(o, document, patch);
            if (changed == null) {
                return null;
            }
            document = changed;
        }
        return document;
    }

    private static @Nullable Value one(Operands o, Value document, ObjectValue patch) {
        List<Value> path = path(o, patch, "path");
        String operation = patch.get("op") instanceof StringValue s ? s.value() : "";
        return switch (operation) {
            case "add" -> edit(document, path, 0, required(o, patch), Edit.ADD);
            case "replace" -> edit(document, path, 0, required(o, patch), Edit.REPLACE);
            case "remove" -> edit(document, path, 0, null, Edit.REMOVE);
            case "test" -> required(o, patch).equals(find(document, path)) ? document : null;
            case "copy" -> {
                Value found = find(document, path(o, patch, "from"));
                yield found == null ? null : edit(document, path, 0, found, Edit.ADD);
            }
            case "move" -> {
                List<Value> from = path(o, patch, "from");
                Value found = find(document, from);
                Value without = found == null ? null : edit(document, from, 0, null, Edit.REMOVE);
                yield without == null ? null : edit(without, path, 0, found, Edit.ADD);
            }
            default -> throw o.failed("unrecognized op '" + operation + "'");
        };
    }

    private enum Edit {
        ADD,
        REPLACE,
        REMOVE
    }

    private static Value required(Operands o, ObjectValue patch) {
        Value value = patch.get("value");
        if (value == null) {
            throw o.failed("patch has no value");
        }
        return value;
    }

    private static List<Value> path(Operands o, ObjectValue patch, String name) {
        return switch (patch.get(name)) {
            case StringValue s -> JsonPaths.pointer(s.value());
            case ArrayValue a -> a.list();
            case null, default -> throw o.failed("patch has no valid " + name);
        };
    }

    private static @Nullable Value find(Value document, List<Value> path) {
        Value found = document;
        for (Value key : path) {
            Value at = found instanceof ArrayValue array ? index(key, array.size()) : key;
            found = found == null || at == null ? null : found.get(at);
        }
        return found;
    }

    /** An array's index, written as a number or as a text of digits; {@code -} is its end. */
    private static @Nullable Value index(Value key, int size) {
        if (!(key instanceof StringValue text)) {
            return key;
        }
        if (text.value().equals("-")) {
            return Value.of(size);
        }
        boolean digits = text.value().matches("0|[1-9][0-9]{0,8}");
        return digits ? Value.of(Long.parseLong(text.value())) : null;
    }

    private static @Nullable Value edit(Value document, List<Value> path, int depth, @Nullable Value value, Edit edit) {
        if (depth == path.size()) {
            return value;
        }
        Value key = path.get(depth);
        boolean last = depth == path.size() - 1;
        return switch (document) {
            case ObjectValue object -> {
                Value there = object.get(key);
                Value changed = last ? value : there == null ? null : edit(there, path, depth + 1, value, edit);
                boolean missing = there == null && !(last && edit == Edit.ADD);
                yield missing || (changed == null && !(last && edit == Edit.REMOVE)) ? null : put(object, key, changed);
            }
            case ArrayValue array -> items(array, path, depth, value, edit);
            case SetValue set -> members(set, path, depth, value, edit);
            default -> null;
        };
    }

    private static Value put(ObjectValue object, Value key, @Nullable Value value) {
        Map<Value, Value> entries = Objects.map(object);
        if (value == null) {
            entries.remove(key);
        } else {
            entries.put(key, value);
        }
        return ObjectValue.of(entries);
    }

    private static @Nullable Value items(
            ArrayValue array, List<Value> path, int depth, @Nullable Value value, Edit edit) {
        Value at = index(path.get(depth), array.size());
        boolean last = depth == path.size() - 1;
        boolean end = at != null && at.equals(Value.of(array.size()));
        Value there = at == null ? null : array.get(at);
        if (there == null && !(end && last && edit == Edit.ADD)) {
            return null;
        }
        int index = at instanceof NumberValue n ? n.bigInteger().intValue() : array.size();
        List<Value> items = new ArrayList<>(array.list());
        if (!last) {
            Value changed = there == null ? null : edit(there, path, depth + 1, value, edit);
            if (changed == null) {
                return null;
            }
            items.set(index, changed);
        } else if (edit == Edit.REMOVE) {
            items.remove(index);
        } else if (value != null && edit == Edit.ADD) {
            items.add(index, value);
        } else if (value != null) {
            items.set(index, value);
        }
        return ArrayValue.of(items);
    }

    private static @Nullable Value members(
            SetValue set, List<Value> path, int depth, @Nullable Value value, Edit edit) {
        Value member = path.get(depth);
        boolean last = depth == path.size() - 1;
        Set<Value> members = new HashSet<>(set.list());
        if (last && edit == Edit.ADD) {
            if (value == null || !value.equals(member)) {
                return null;
            }
            members.add(value);
            return SetValue.of(members);
        }
        if (!members.remove(member)) {
            return null;
        }
        Value changed = last ? value : edit(member, path, depth + 1, value, edit);
        if (changed != null) {
            members.add(changed);
        }
        return changed == null && !(last && edit == Edit.REMOVE) ? null : SetValue.of(members);
    }
}
