package io.terrafleet.rego.evaluation;

import io.terrafleet.rego.value.Value;
import java.util.List;

/** Runs a body under changed documents or functions, and the rest of the outer body under the unchanged ones. */
public record With(List<Change> changes, Sequence body) implements Step.Branch {
    /** One {@code with} modifier. */
    public sealed interface Change {}

    public record ChangedInput(List<String> path, Expr value) implements Change {}

    public record ChangedData(List<String> path, Expr value) implements Change {}

    /** A function replaced by a value. */
    public record ChangedResult(String function, Expr value) implements Change {}

    /** A function replaced by a function. */
    public record ChangedFunction(String function, Callable replacement) implements Change {}

    @Override
    public boolean run(Machine machine, Value[] frame, Rest rest) {
        Scope outer = machine.scope();
        Scope inner = outer;
        for (Change change : changes) {
            Scope changed = apply(change, inner, machine, frame);
            if (changed == null) {
                return true;
            }
            inner = changed;
        }
        Scope under = inner;
        machine.enter(under);
        try {
            return body.run(machine, frame, solution -> {
                machine.enter(outer);
                try {
                    return rest.run(machine, solution);
                } finally {
                    machine.enter(under);
                }
            });
        } finally {
            machine.enter(outer);
        }
    }

    private static @org.jspecify.annotations.Nullable Scope apply(
            Change change, Scope scope, Machine machine, Value[] frame) {
        return switch (change) {
            case ChangedInput(List<String> path, Expr expression) -> {
                Value value = expression.eval(machine, frame);
                yield value == null ? null : scope.withInput(path, value);
            }
            case ChangedData(List<String> path, Expr expression) -> {
                Value value = expression.eval(machine, frame);
                yield value == null ? null : scope.withData(path, value);
            }
            case ChangedResult(String function, Expr expression) -> {
                Value value = expression.eval(machine, frame);
                yield value == null ? null : scope.withFunction(function, new Replacement.Constant(value));
            }
            case ChangedFunction(String function, Callable replacement) ->
                scope.withFunction(function, new Replacement.Function(replacement));
        };
    }
}
