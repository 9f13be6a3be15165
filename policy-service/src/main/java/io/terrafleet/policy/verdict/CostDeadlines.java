package io.terrafleet.policy.verdict;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;

/** Looks for plans whose price has not come in time, beside the path of a run. */
@ApplicationScoped
public class CostDeadlines {
    private final Verdicts verdicts;

    CostDeadlines(@Identifier("policy") Verdicts verdicts) {
        this.verdicts = verdicts;
    }

    @Scheduled(identity = "policy-cost-deadlines", every = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    void look() {
        verdicts.endWaiting();
    }
}
