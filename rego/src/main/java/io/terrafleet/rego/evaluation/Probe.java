package io.terrafleet.rego.evaluation;

import io.terrafleet.rego.problem.Position;
import io.terrafleet.rego.value.Value;

/** Tells the observer that evaluation has come here. */
public record Probe(Observer.Event event, String rule, Position at) implements Step.Check {
    @Override
    public boolean holds(Machine machine, Value[] frame) {
        machine.observe(this);
        return true;
    }
}
