package io.terrafleet.policy.verdict;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.event.PolicyDecision.PolicyDecided;
import io.terrafleet.contracts.event.RunEvent.PlanCompleted;
import io.terrafleet.contracts.event.RunEvent.PlanPriced;
import io.terrafleet.contracts.event.Verdict;
import io.terrafleet.messaging.Messaging;
import io.terrafleet.policy.evaluation.Cost;
import io.terrafleet.policy.verdict.Judge.Judgement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * The door: judges a completed plan and tells the decision, once for each question. A plan that cannot be judged is blocked; while
 * the api is away the question waits. A question that needs the plan's price is kept until that has come, but not for ever.
 */
public final class Verdicts {
    private static final Logger LOG = Logger.getLogger(Verdicts.class);
    private static final String CONSUMER = "policy-run-events";

    private final Judge judge;
    private final VerdictStore store;
    private final OpenQuestionStore open;
    private final Duration costPatience;
    private final Messaging messaging;
    private final InstantSource clock;
    private final MeterRegistry metrics;

    /** @param costPatience how long the price of a plan is waited for */
    public Verdicts(
            Judge judge,
            VerdictStore store,
            OpenQuestionStore open,
            Duration costPatience,
            Messaging messaging,
            InstantSource clock,
            MeterRegistry metrics) {
        this.judge = judge;
        this.store = store;
        this.open = open;
        this.costPatience = costPatience;
        this.messaging = messaging;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** @throws io.terrafleet.messaging.TryLater while the api is away */
    void judge(String eventId, PlanCompleted plan) {
        if (messaging.inbox().hasTaken(CONSUMER, eventId)) {
            return;
        }
        long start = System.nanoTime();
        Judgement judged = judge.atOnce(plan);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        if (judged.waiting().isEmpty()) {
            PolicyDecided decision = decision(plan, judged, took.toMillis());
            QuarkusTransaction.requiringNew().run(() -> {
                if (messaging.inbox().take(CONSUMER, eventId)) {
                    tell(eventId, decision);
                }
            });
            note(eventId, decision, took);
            return;
        }
        OpenQuestion question = new OpenQuestion(eventId, plan, judged, took.toMillis());
        QuarkusTransaction.requiringNew().run(() -> {
            if (messaging.inbox().take(CONSUMER, eventId)) {
                open.add(question, clock.instant().plus(costPatience));
            }
        });
        LOG.infof(
                "runId=%s eventId=%s: %d policy sets judged, %d wait for the cost",
                plan.run(), eventId, judged.outcomes().size(), judged.waiting().size());
    }

    /**
     * The sets that have waited for it are asked.
     *
     * @throws io.terrafleet.messaging.TryLater while the api is away
     */
    void price(PlanPriced priced) {
        for (OpenQuestion question : open.of(priced.run(), priced.planSha256())) {
            long start = System.nanoTime();
            Judgement judged = judge.priced(question.plan(), question.first(), Cost.of(priced));
            conclude(question, judged, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    /** Nobody waits any more for what was asked of a run that ended. */
    void forget(RunId run) {
        QuarkusTransaction.requiringNew().run(() -> open.drop(run));
    }

    /** What has waited too long is decided without a price: its sets cannot be judged. */
    void endWaiting() {
        for (OpenQuestion question : open.overdue(clock.instant())) {
            String why = "it reads input.cost, and no cost estimate came within " + costPatience.toSeconds() + " s";
            conclude(question, Judge.unpriced(question.plan(), question.first(), why), Duration.ZERO);
        }
    }

    /** Tells that a plan could not be judged, so that its run does not wait in vain. Runs in the caller's transaction. */
    void giveUp(String eventId, PlanCompleted plan) {
        if (messaging.inbox().take(CONSUMER, eventId)) {
            tell(eventId, decision(plan, failed(), 0));
        }
    }

    /** The same for a plan whose price could not be taken. Runs in the caller's transaction. */
    void giveUp(PlanPriced priced) {
        for (OpenQuestion question : open.of(priced.run(), priced.planSha256())) {
            if (open.close(question.eventId())) {
                tell(question.eventId(), decision(question.plan(), failed(), question.millis()));
            }
        }
    }

    private static Judgement failed() {
        return Judgement.refused("the plan could not be judged: the policy-service failed on it repeatedly");
    }

    private void conclude(OpenQuestion question, Judgement judged, Duration took) {
        Duration all = took.plusMillis(question.millis());
        PolicyDecided decision = decision(question.plan(), judged, all.toMillis());
        boolean first = QuarkusTransaction.requiringNew().call(() -> {
            boolean closed = open.close(question.eventId());
            if (closed) {
                tell(question.eventId(), decision);
            }
            return closed;
        });
        if (first) {
            note(question.eventId(), decision, all);
        }
    }

    private void note(String eventId, PolicyDecided decision, Duration took) {
        metrics.timer(
                        "terrafleet.policy.judgement",
                        "verdict",
                        decision.verdict().word())
                .record(took);
        LOG.infof(
                "runId=%s eventId=%s: %s, %d policy sets in %d ms",
                decision.run(),
                eventId,
                decision.verdict().word(),
                decision.sets().size(),
                took.toMillis());
    }

    private PolicyDecided decision(PlanCompleted plan, Judgement judged, long millis) {
        Ruling ruling = judged.refusal()
                .map(why -> new Ruling(Verdict.BLOCK, List.of(why)))
                .orElseGet(() -> Ruling.of(judged.outcomes(), plan.policySets()));
        return new PolicyDecided(
                plan.run(),
                plan.plan().sha256(),
                ruling.verdict(),
                ruling.reasons(),
                judged.outcomes(),
                millis,
                clock.instant());
    }

    private void tell(String eventId, PolicyDecided decision) {
        store.add(eventId, decision);
        messaging.outbox().add(Abridged.of(decision));
    }
}
