package io.terrafleet.rego.evaluation;

import io.terrafleet.rego.problem.Position;

/** Watches an evaluation of policies that were compiled to be watched. */
@FunctionalInterface
public interface Observer {
    /** @param rule the rule's name in full; empty for literals */
    void see(Event event, String rule, Position at);

    /** What can be seen. */
    enum Event {
        /** A rule's body begins. */
        ENTER,
        /** A rule's body holds, once for each solution. */
        EXIT,
        /** A literal is tried. */
        TRY,
        /** A literal holds, once for each solution. */
        HOLD
    }
}
