package io.terrafleet.cost.estimate;

import io.terrafleet.contracts.plan.PlanDocument;
import io.terrafleet.contracts.plan.PlanUnreadable;
import io.terrafleet.cost.price.PriceBook;
import io.terrafleet.jmh.Plans;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Pricing a plan of 100 resources, from the book that is shipped. */
@State(Scope.Benchmark)
public class EstimateBenchmark {
    private final Estimator estimator = new Estimator(PriceBook.shipped());
    private final PlanDocument plan;

    public EstimateBenchmark() {
        try {
            plan = PlanDocument.parse(Plans.of(100));
        } catch (PlanUnreadable e) {
            throw new IllegalStateException(e);
        }
    }

    @Benchmark
    public Estimate price() {
        return estimator.estimate(plan);
    }
}
