package io.terrafleet.rego.evaluation;

import io.terrafleet.rego.problem.Position;
import io.terrafleet.rego.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule ready to run.
 *
 * @param slots size of its frame
 * @param arguments empty unless it is a function
 * @param keys the parts of the head's reference below the group's own path
 * @param member whether the value is contributed to a set instead of being the value at the keys
 * @param otherwise tried when this one has no value
 */
public record PlannedRule(
        int slots,
        List<Pattern> arguments,
        List<Expr> keys,
        boolean member,
        Expr value,
        Sequence body,
        @Nullable PlannedRule otherwise,
        Position at) {
    public PlannedRule {
        arguments = List.copyOf(arguments);
        keys = List.copyOf(keys);
    }

    /** Runs the body for given arguments; nothing happens when they do not match the head. */
    void run(Machine machine, Value[] given, java.util.function.BiPredicate<PlannedRule, Value[]> sink) {
        Value[] frame = new Value[slots];
        for (int i = 0; i < arguments.size(); i++) {
            if (!arguments.get(i).match(machine, frame, given[i])) {
                return;
            }
        }
        body.run(machine, frame, solution -> sink.test(this, solution));
    }
}
