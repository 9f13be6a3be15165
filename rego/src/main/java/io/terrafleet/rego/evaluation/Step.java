package io.terrafleet.rego.evaluation;

import io.terrafleet.rego.value.Value;

/** One step of a planned body. */
public sealed interface Step {
    /** Holds or not, at most once; may bind variables. */
    non-sealed interface Check extends Step {
        boolean holds(Machine machine, Value[] frame);
    }

    /** Holds any number of times; runs the rest of the body for each. */
    non-sealed interface Branch extends Step {
        /** False when no further solution is wanted. */
        boolean run(Machine machine, Value[] frame, Rest rest);
    }

    /** What follows a step. */
    final class Rest {
        private final Sequence sequence;
        private final int next;
        private final Sink sink;

        Rest(Sequence sequence, int next, Sink sink) {
            this.sequence = sequence;
            this.next = next;
            this.sink = sink;
        }

        public boolean run(Machine machine, Value[] frame) {
            return sequence.run(machine, frame, next, sink);
        }
    }
}
