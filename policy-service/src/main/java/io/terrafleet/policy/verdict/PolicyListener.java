package io.terrafleet.policy.verdict;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.contracts.event.RunEvent;
import io.terrafleet.messaging.Envelope;
import io.terrafleet.messaging.Messaging;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hears of completed plans, of what they cost, of runs that ended, and of what is only tried. */
@ApplicationScoped
public class PolicyListener {
    private final Messaging messaging;
    private final Verdicts verdicts;
    private final Trials trials;

    PolicyListener(
            @Identifier("policy") Messaging messaging,
            @Identifier("policy") Verdicts verdicts,
            @Identifier("policy") Trials trials) {
        this.messaging = messaging;
        this.verdicts = verdicts;
        this.trials = trials;
    }

    @Incoming("policy-run-events")
    @Blocking
    void hear(ConsumerRecord<String, byte[]> record) {
        messaging.delivery().deliver(record, RunEvent.class, this::take, this::giveUp);
    }

    private void take(Envelope<RunEvent> event) {
        switch (event.fact()) {
            case RunEvent.PlanCompleted plan -> verdicts.judge(event.id(), plan);
            case RunEvent.PlanPriced priced -> verdicts.price(priced);
            case RunEvent.PlanTried tried -> trials.judge(event.id(), tried);
            case RunEvent.RunFinished finished -> verdicts.forget(finished.run());
        }
    }

    private void giveUp(Envelope<RunEvent> event) {
        switch (event.fact()) {
            case RunEvent.PlanCompleted plan -> verdicts.giveUp(event.id(), plan);
            case RunEvent.PlanPriced priced -> verdicts.giveUp(priced);
            case RunEvent.PlanTried tried -> trials.giveUp(event.id(), tried);
            case RunEvent.RunFinished finished -> {}
        }
    }
}
