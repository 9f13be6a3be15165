package io.terrafleet.policy.evaluation;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.NullValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code input.state}: what a plan starts from. {@code resources} counts the managed resources, {@code types} and {@code providers} count
 * them by type and by provider, {@code modules} counts the modules that have any, {@code outputs} names the outputs and {@code
 * terraform_version} is the version that wrote it, null where there is no state yet.
 */
final class StateSummary {
    private static final int DEEPEST = 100;

    private StateSummary() {}

    private final Map<String, Long> types = new TreeMap<>();
    private final Map<String, Long> providers = new TreeMap<>();
    private long modules;

    static Value of(Value plan) {
        ObjectValue state = Tree.object(plan, "prior_state");
        ObjectValue values = Tree.object(state, "values");
        StateSummary summary = new StateSummary();
        summary.count(Tree.object(values, "root_module"), 0);
        Value version = state.get(Value.of("terraform_version"));
        long all = summary.types.values().stream().mapToLong(Long::longValue).sum();
        return ObjectValue.of(Map.of(
                Value.of("resources"), Value.of(all),
                Value.of("types"), counts(summary.types),
                Value.of("providers"), counts(summary.providers),
                Value.of("modules"), Value.of(summary.modules),
                Value.of("outputs"),
                        ArrayValue.of(Tree.object(values, "outputs").keys()),
                Value.of("terraform_version"), version == null ? NullValue.NULL : version));
    }

    private static Value counts(Map<String, Long> numbers) {
        Map<Value, Value> counts = new HashMap<>();
        numbers.forEach((name, number) -> counts.put(Value.of(name), Value.of(number)));
        return ObjectValue.of(counts);
    }

    private void count(ObjectValue module, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        boolean any = false;
        for (Value resource : Tree.list(module, "resources")) {
            if (Tree.text(resource, "mode", "").equals("managed")) {
                any = true;
                types.merge(Tree.text(resource, "type", ""), 1L, Long::sum);
                providers.merge(Tree.text(resource, "provider_name", ""), 1L, Long::sum);
            }
        }
        modules += any ? 1 : 0;
        for (Value child : Tree.list(module, "child_modules")) {
            if (child instanceof ObjectValue object) {
                count(object, depth + 1);
            }
        }
    }
}
