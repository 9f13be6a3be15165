package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds a node of the syntax tree. The trees have the shape that OPA's users know; what is empty is left out. */
final class GraphqlNode {
    private final Map<Value, Value> members = new HashMap<>();

    GraphqlNode put(String name, String text) {
        members.put(Value.of(name), Value.of(text));
        return this;
    }

    GraphqlNode put(String name, boolean truth) {
        members.put(Value.of(name), Value.of(truth));
        return this;
    }

    GraphqlNode put(String name, long number) {
        members.put(Value.of(name), Value.of(number));
        return this;
    }

    GraphqlNode put(String name, List<? extends Value> list) {
        if (!list.isEmpty()) {
            members.put(Value.of(name), ArrayValue.of(list));
        }
        return this;
    }

    GraphqlNode put(String name, @Nullable Value node) {
        if (node != null) {
            members.put(Value.of(name), node);
        }
        return this;
    }

    ObjectValue done() {
        return ObjectValue.of(members);
    }
}
