package io.terrafleet.api.assessment;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.terrafleet.contracts.event.CostDecision;
import io.terrafleet.contracts.event.CostDecision.CostDecided;
import io.terrafleet.contracts.event.PolicyDecision;
import io.terrafleet.contracts.event.PolicyDecision.PolicyDecided;
import io.terrafleet.contracts.event.PolicyDecision.TrialJudged;
import io.terrafleet.messaging.Messaging;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The two topics of decisions. */
@ApplicationScoped
class DecisionsListener {
    private final Assessments assessments;
    private final Event<TrialAnswered> trials;
    private final Messaging messaging;

    DecisionsListener(Assessments assessments, Event<TrialAnswered> trials, @Identifier("api") Messaging messaging) {
        this.assessments = assessments;
        this.trials = trials;
        this.messaging = messaging;
    }

    @Incoming("api-cost-decisions")
    @Blocking
    public void cost(ConsumerRecord<String, byte[]> record) {
        messaging
                .delivery()
                .deliver(
                        record,
                        CostDecision.class,
                        envelope -> {
                            switch (envelope.fact()) {
                                case CostDecided decided -> assessments.accept(envelope.id(), decided);
                            }
                        },
                        envelope -> {
                            switch (envelope.fact()) {
                                case CostDecided decided ->
                                    assessments.unreadable(decided.run(), decided.planSha256(), "cost-service");
                            }
                        });
    }

    @Incoming("api-policy-decisions")
    @Blocking
    public void policy(ConsumerRecord<String, byte[]> record) {
        messaging
                .delivery()
                .deliver(
                        record,
                        PolicyDecision.class,
                        envelope -> {
                            switch (envelope.fact()) {
                                case PolicyDecided decided -> assessments.accept(envelope.id(), decided);
                                case TrialJudged judged -> trials.fire(new TrialAnswered(envelope.id(), judged));
                            }
                        },
                        envelope -> {
                            switch (envelope.fact()) {
                                case PolicyDecided decided ->
                                    assessments.unreadable(decided.run(), decided.planSha256(), "policy-service");
                                // Nobody waits for it longer than a while.
                                case TrialJudged judged -> {}
                            }
                        });
    }
}
