package io.terrafleet.rego.evaluation;

import io.terrafleet.rego.problem.Position;
import io.terrafleet.rego.problem.RegoException;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.SetValue;
import io.terrafleet.rego.value.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Collects what partial rules contribute at nested keys. */
final class ObjectBuilder {
    /** A place in the object being built. */
    private sealed interface Node {}

    private record Leaf(Value value) implements Node {}

    private record Members(Set<Value> values) implements Node {}

    private record Inner(Map<Value, Node> children) implements Node {}

    private final Inner root = new Inner(new HashMap<>());

    void put(Value[] keys, Value value, boolean member, Position at) {
        Inner place = root;
        for (int i = 0; i < keys.length - 1; i++) {
            Node next = place.children.computeIfAbsent(keys[i], k -> new Inner(new HashMap<>()));
            if (!(next instanceof Inner inner)) {
                throw conflict(at);
            }
            place = inner;
        }
        Value key = keys[keys.length - 1];
        if (member) {
            Node set = place.children.computeIfAbsent(key, k -> new Members(new HashSet<>()));
            if (!(set instanceof Members members)) {
                throw conflict(at);
            }
            members.values.add(value);
            return;
        }
        Node before = place.children.put(key, new Leaf(value));
        if (before != null && !before.equals(new Leaf(value))) {
            throw conflict(at);
        }
    }

    private static RegoException conflict(Position at) {
        return new RegoException("eval_conflict_error", "object keys must be unique", at);
    }

    Value build() {
        return build(root);
    }

    private static Value build(Node node) {
        return switch (node) {
            case Leaf(Value value) -> value;
            case Members(Set<Value> values) -> SetValue.of(values);
            case Inner(Map<Value, Node> children) -> {
                Map<Value, Value> built = HashMap.newHashMap(children.size());
                children.forEach((key, child) -> built.put(key, build(child)));
                yield ObjectValue.of(built);
            }
        };
    }
}
