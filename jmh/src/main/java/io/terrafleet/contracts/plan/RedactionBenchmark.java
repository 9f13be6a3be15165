package io.terrafleet.contracts.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrafleet.jmh.Plans;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What people may see of a plan of 100 resources. */
@State(Scope.Benchmark)
public class RedactionBenchmark {
    private final PlanDocument plan;

    public RedactionBenchmark() {
        try {
            plan = PlanDocument.parse(Plans.of(100));
        } catch (PlanUnreadable e) {
            throw new IllegalStateException(e);
        }
    }

    @Benchmark
    public ObjectNode redact() {
        return Redaction.of(plan);
    }
}
