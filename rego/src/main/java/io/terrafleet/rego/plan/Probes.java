package io.terrafleet.rego.plan;

import io.terrafleet.rego.evaluation.Observer;
import io.terrafleet.rego.evaluation.Probe;
import io.terrafleet.rego.problem.Position;
import java.util.LinkedHashSet;
import java.util.Set;

/** Places probes in plans that are to be watched, and remembers where. */
final class Probes {
    private final boolean active;
    private final boolean indexed;
    private final Set<Position> places = new LinkedHashSet<>();

    Probes(boolean active, boolean indexed) {
        this.active = active;
        this.indexed = indexed;
    }

    /** Whether rules may be left out that cannot hold, so that they are not seen. */
    boolean indexed() {
        return indexed;
    }

    void add(Block block, Observer.Event event, String rule, Position at) {
        if (active) {
            places.add(at);
            block.add(new Probe(event, rule, at));
        }
    }

    void literal(Block block, Observer.Event event, Position at) {
        add(block, event, "", at);
    }

    Set<Position> places() {
        return places;
    }
}
