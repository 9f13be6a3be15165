package io.terrafleet.rego.evaluation;

import io.terrafleet.rego.problem.Position;
import io.terrafleet.rego.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call. */
public record Invocation(Callable callable, List<Expr> arguments, Position at) implements Expr {
    @Override
    public @Nullable Value eval(Machine machine, Value[] frame) {
        Value[] values = Composites.all(arguments, machine, frame);
        return values == null ? null : machine.call(callable, values, at);
    }
}
