package io.terrafleet.rego.evaluation;

import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;

/** {@code print(…)}: always holds. */
public record Print(Expr text) implements Step.Check {
    @Override
    public boolean holds(Machine machine, Value[] frame) {
        if (text.eval(machine, frame) instanceof StringValue line) {
            machine.print(line.value());
        }
        return true;
    }
}
