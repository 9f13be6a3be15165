package io.terrafleet.cost.decision;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.contracts.event.RunEvent;
import io.terrafleet.cost.history.CostHistory;
import io.terrafleet.messaging.Envelope;
import io.terrafleet.messaging.Messaging;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hears what became of runs; completed plans have a cost to decide on, applied ones a cost to remember. */
@ApplicationScoped
public class CostListener {
    private final Messaging messaging;
    private final Decisions decisions;
    private final CostHistory history;

    CostListener(
            @Identifier("cost") Messaging messaging,
            @Identifier("cost") Decisions decisions,
            @Identifier("cost") CostHistory history) {
        this.messaging = messaging;
        this.decisions = decisions;
        this.history = history;
    }

    @Incoming("cost-run-events")
    @Blocking
    void hear(ConsumerRecord<String, byte[]> record) {
        messaging.delivery().deliver(record, RunEvent.class, this::take, this::giveUp);
    }

    private void take(Envelope<RunEvent> event) {
        switch (event.fact()) {
            case RunEvent.PlanCompleted plan -> decisions.decide(event.id(), plan);
            case RunEvent.PlanPriced priced -> {}
            case RunEvent.PlanTried tried -> {}
            case RunEvent.RunFinished finished -> history.finished(event.id(), finished);
        }
    }

    private void giveUp(Envelope<RunEvent> event) {
        if (event.fact() instanceof RunEvent.PlanCompleted plan) {
            decisions.giveUp(event.id(), plan);
        }
    }
}
