package io.terrafleet.policy.evaluation;

import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** {@code input.state}: how much a plan starts from, as {@code resources} and {@code types}, counts of managed resources by type. */
final class StateSummary {
    private static final int DEEPEST = 100;

    private StateSummary() {}

    static Value of(Value plan) {
        Map<String, Long> types = new TreeMap<>();
        count(Tree.object(Tree.object(Tree.at(plan, "prior_state"), "values"), "root_module"), types, 0);
        Map<Value, Value> counts = new HashMap<>();
        types.forEach((type, number) -> counts.put(Value.of(type), Value.of(number)));
        long all = types.values().stream().mapToLong(Long::longValue).sum();
        return ObjectValue.of(Map.of(Value.of("resources"), Value.of(all), Value.of("types"), ObjectValue.of(counts)));
    }

    private static void count(ObjectValue module, Map<String, Long> types, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        for (Value resource : Tree.list(module, "resources")) {
            if (Tree.text(resource, "mode", "").equals("managed")) {
                types.merge(Tree.text(resource, "type", ""), 1L, Long::sum);
            }
        }
        for (Value child : Tree.list(module, "child_modules")) {
            if (child instanceof ObjectValue object) {
                count(object, types, depth + 1);
            }
        }
    }
}
