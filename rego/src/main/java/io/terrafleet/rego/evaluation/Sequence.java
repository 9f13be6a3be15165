package io.terrafleet.rego.evaluation;

import io.terrafleet.rego.value.Value;
import java.util.List;

/** A planned body: steps in an order in which every variable is bound before it is used. */
public final class Sequence {
    private final Step[] steps;

    public Sequence(List<Step> steps) {
        this.steps = steps.toArray(Step[]::new);
    }

    /** Finds every solution until the sink wants no more; false when it does not. */
    public boolean run(Machine machine, Value[] frame, Sink sink) {
        return run(machine, frame, 0, sink);
    }

    boolean run(Machine machine, Value[] frame, int from, Sink sink) {
        for (int i = from; i < steps.length; i++) {
            machine.step();
            switch (steps[i]) {
                case Step.Check check -> {
                    if (!check.holds(machine, frame)) {
                        return true;
                    }
                }
                case Step.Branch branch -> {
                    return branch.run(machine, frame, new Step.Rest(this, i + 1, sink));
                }
            }
        }
        return sink.accept(frame);
    }

    List<Step> steps() {
        return List.of(steps);
    }

    /** Whether there is any solution. */
    boolean any(Machine machine, Value[] frame) {
        return !run(machine, frame, 0, solution -> false);
    }
}
