package io.terrafleet.rego.plan;

import io.terrafleet.rego.evaluation.Observer;
import io.terrafleet.rego.syntax.Body;
import io.terrafleet.rego.syntax.Literal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Orders a body's literals so that every variable is bound before it is needed. */
final class BodyPlanner {
    private final LiteralPlanner literals;
    private final Probes probes;

    BodyPlanner(LiteralPlanner literals, Probes probes) {
        this.probes = probes;
        this.literals = literals;
    }

    /** Adds the body's steps to the block; what stays unsafe is left in the block's missing variables. */
    void plan(Body body, Block block) {
        List<Literal> waiting = new ArrayList<>(body.literals());
        boolean progress = true;
        while (!waiting.isEmpty() && progress) {
            progress = takeReady(waiting, block);
        }
        for (Literal unsafe : waiting) {
            Block tried = block.fork();
            literals.plan(unsafe, tried);
            tried.missing().values().forEach(block::miss);
        }
    }

    private boolean takeReady(List<Literal> waiting, Block block) {
        boolean any = false;
        for (Iterator<Literal> each = waiting.iterator(); each.hasNext(); ) {
            Literal literal = each.next();
            Block tried = block.fork();
            probes.literal(tried, Observer.Event.TRY, literal.at());
            literals.plan(literal, tried);
            probes.literal(tried, Observer.Event.HOLD, literal.at());
            if (tried.isComplete()) {
                block.adopt(tried);
                each.remove();
                any = true;
            }
        }
        return any;
    }
}
