package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.SetValue;
import io.terrafleet.rego.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Functions on graphs: objects that map a node to the collection of its neighbours. */
final class Graphs {
    private Graphs() {}

    static void register(Builtins.Registry registry) {
        registry.add("graph.reachable", 2, Graphs::reachable);
        registry.add("graph.reachable_paths", 2, Graphs::reachablePaths);
    }

    private static List<Value> neighbours(@Nullable Value edges) {
        return switch (edges) {
            case ArrayValue a -> a.list();
            case SetValue s -> s.list();
            case null, default -> List.of();
        };
    }

    private static Value reachable(Operands o) {
        ObjectValue graph = o.object(0);
        Set<Value> reached = new HashSet<>();
        Deque<Value> queue = new ArrayDeque<>(o.collection(1));
        while (!queue.isEmpty()) {
            Value node = queue.remove();
            Value edges = graph.get(node);
            if (edges != null && reached.add(node)) {
                o.spend(1);
                queue.addAll(neighbours(edges));
            }
        }
        return SetValue.of(reached);
    }

    private static Value reachablePaths(Operands o) {
        ObjectValue graph = o.object(0);
        Set<Value> paths = new HashSet<>();
        for (Value start : o.collection(1)) {
            if (graph.get(start) != null) {
                follow(o, graph, start, new ArrayList<>(), paths);
            }
        }
        return SetValue.of(paths);
    }

    private static void follow(Operands o, ObjectValue graph, Value node, List<Value> path, Set<Value> paths) {
        o.spend(1);
        path.addLast(node);
        boolean longer = false;
        for (Value next : neighbours(graph.get(node))) {
            if (!path.contains(next) && graph.get(next) != null) {
                longer = true;
                follow(o, graph, next, path, paths);
            }
        }
        if (!longer) {
            paths.add(ArrayValue.of(path));
        }
        path.removeLast();
    }
}
