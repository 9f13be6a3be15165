package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.NumberValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.SetValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions that select or change parts of a value by paths. */
final class JsonPaths {
    private JsonPaths() {}

    static void register(Builtins.Registry registry) {
        registry.add("json.filter", 2, JsonPaths::filter);
        registry.add("json.remove", 2, JsonPaths::remove);
        registry.add("json.patch", 2, JsonPatch::apply);
    }

    /** Paths as a tree; a node without children is where a path ends. */
    private record Node(Map<Value, Node> children) {
        static Node empty() {
            return new Node(new HashMap<>());
        }

        boolean isEnd() {
            return children.isEmpty();
        }
    }

    private static List<List<Value>> paths(Operands o) {
        List<Value> given =
                switch (o.at(1)) {
                    case ArrayValue a -> a.list();
                    case SetValue s -> s.list();
                    default -> throw o.wrong(1, "one of {set, array}");
                };
        List<List<Value>> paths = new ArrayList<>();
        for (Value path : given) {
            switch (path) {
                case StringValue s -> paths.add(pointer(s.value()));
                case ArrayValue a -> paths.add(a.list());
                default ->
                    throw o.type(
                            1,
                            "must be one of {set, array} containing string paths or array of path segments but got "
                                    + path.typeName());
            }
        }
        return paths;
    }

    /** A JSON pointer's parts; the leading slash may be missing. */
    static List<Value> pointer(String pointer) {
        if (pointer.isEmpty()) {
            return List.of();
        }
        String path = pointer.startsWith("/") ? pointer.substring(1) : pointer;
        List<Value> parts = new ArrayList<>();
        for (String part : path.split("/", -1)) {
            parts.add(Value.of(part.replace("~1", "/").replace("~0", "~")));
        }
        return parts;
    }

    private static Value filter(Operands o) {
        ObjectValue object = o.object(0);
        Node root = Node.empty();
        for (List<Value> path : paths(o)) {
            Node node = root;
            boolean covered = false;
            for (int i = 0; i < path.size() && !covered; i++) {
                Node next = node.children.get(path.get(i));
                covered = next != null && next.isEnd();
                if (next == null) {
                    next = Node.empty();
                    node.children.put(path.get(i), next);
                }
                node = next;
            }
            node.children.clear();
        }
        return root.isEnd() ? ObjectValue.EMPTY : keep(object, root);
    }

    private static Value keep(Value value, Node paths) {
        if (paths.isEnd()) {
            return value;
        }
        return switch (value) {
            case ObjectValue object -> {
                Map<Value, Value> kept = new HashMap<>();
                paths.children.forEach((key, below) -> {
                    Value part = object.get(key);
                    if (part != null) {
                        kept.put(key, keep(part, below));
                    }
                });
                yield ObjectValue.of(kept);
            }
            case ArrayValue array -> {
                List<Value> kept = new ArrayList<>();
                for (int i = 0; i < array.size(); i++) {
                    Node below = index(paths, i);
                    if (below != null) {
                        kept.add(keep(array.at(i), below));
                    }
                }
                yield ArrayValue.of(kept);
            }
            case SetValue set -> {
                List<Value> kept = new ArrayList<>();
                paths.children.forEach((key, below) -> {
                    Value member = set.get(key);
                    if (member != null) {
                        kept.add(keep(member, below));
                    }
                });
                yield SetValue.of(kept);
            }
            default -> value;
        };
    }

    private static @Nullable Node index(Node paths, int index) {
        Node byText = paths.children.get(Value.of(String.valueOf(index)));
        return byText == null ? paths.children.get(NumberValue.of(index)) : byText;
    }

    private static Value remove(Operands o) {
        ObjectValue object = o.object(0);
        Node root = Node.empty();
        for (List<Value> path : paths(o)) {
            if (path.isEmpty()) {
                continue;
            }
            Node node = root;
            boolean covered = false;
            for (int i = 0; i < path.size() && !covered; i++) {
                Node next = node.children.get(path.get(i));
                covered = next != null && next.isEnd();
                if (next == null) {
                    next = Node.empty();
                    node.children.put(path.get(i), next);
                }
                node = next;
            }
            node.children.clear();
        }
        return root.isEnd() ? object : drop(object, root);
    }

    private static Value drop(Value value, Node paths) {
        return switch (value) {
            case ObjectValue object -> {
                Map<Value, Value> left = new HashMap<>();
                for (int i = 0; i < object.size(); i++) {
                    Node below = paths.children.get(object.keyAt(i));
                    if (below == null || !below.isEnd()) {
                        Value part = object.valueAt(i);
                        left.put(object.keyAt(i), below == null ? part : drop(part, below));
                    }
                }
                yield ObjectValue.of(left);
            }
            case ArrayValue array -> {
                List<Value> left = new ArrayList<>();
                for (int i = 0; i < array.size(); i++) {
                    Node below = index(paths, i);
                    if (below == null || !below.isEnd()) {
                        left.add(below == null ? array.at(i) : drop(array.at(i), below));
                    }
                }
                yield ArrayValue.of(left);
            }
            case SetValue set -> {
                List<Value> left = new ArrayList<>();
                for (Value member : set.list()) {
                    Node below = paths.children.get(member);
                    if (below == null || !below.isEnd()) {
                        left.add(below == null ? member : drop(member, below));
                    }
                }
                yield SetValue.of(left);
            }
            default -> value;
        };
    }
}
