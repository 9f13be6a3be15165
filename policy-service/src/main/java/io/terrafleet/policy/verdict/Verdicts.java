package io.terrafleet.policy.verdict;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.terrafleet.contracts.event.PolicyDecision.PolicyDecided;
import io.terrafleet.contracts.event.PolicyDecision.SetOutcome;
import io.terrafleet.contracts.event.PolicySetRef;
import io.terrafleet.contracts.event.RunEvent.PlanCompleted;
import io.terrafleet.contracts.event.Verdict;
import io.terrafleet.contracts.plan.PlanUnreadable;
import io.terrafleet.messaging.Messaging;
import io.terrafleet.policy.artifact.ArtifactRefused;
import io.terrafleet.policy.artifact.Artifacts;
import io.terrafleet.policy.evaluation.Evaluation;
import io.terrafleet.policy.evaluation.PlanReader;
import io.terrafleet.policy.evaluation.Subject;
import io.terrafleet.policy.policyset.PolicySetUnusable;
import io.terrafleet.policy.policyset.PolicySets;
import io.terrafleet.rego.evaluation.Limits;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jboss.logging.Logger;

/**
 * The door: judges a completed plan and tells the decision, once for each question. A plan that cannot be judged is blocked; while
 * the api is away the question waits.
 */
public final class Verdicts {
    private static final Logger LOG = Logger.getLogger(Verdicts.class);
    private static final String CONSUMER = "policy-run-events";

    /** A workspace may be bound by this many sets; more are not judged but blocked. */
    private static final int MOST_SETS = 200;

    private final Artifacts artifacts;
    private final PolicySets sets;
    private final Limits limits;
    private final long mostPlanBytes;
    private final VerdictStore store;
    private final Messaging messaging;
    private final InstantSource clock;
    private final MeterRegistry metrics;

    public Verdicts(
            Artifacts artifacts,
            PolicySets sets,
            Limits limits,
            long mostPlanBytes,
            VerdictStore store,
            Messaging messaging,
            InstantSource clock,
            MeterRegistry metrics) {
        this.artifacts = artifacts;
        this.sets = sets;
        this.limits = limits;
        this.mostPlanBytes = mostPlanBytes;
        this.store = store;
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
        Judged judged = judge(plan);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        PolicyDecided decision = decision(plan, judged, took);
        QuarkusTransaction.requiringNew().run(() -> tell(eventId, decision));
        metrics.timer(
                        "terrafleet.policy.judgement",
                        "verdict",
                        decision.verdict().word())
                .record(took);
        LOG.infof(
                "runId=%s eventId=%s: %s, %d policy sets in %d ms",
                plan.run(), eventId, decision.verdict().word(), judged.sets().size(), took.toMillis());
    }

    /** Tells that a plan could not be judged, so that its run does not wait in vain. Runs in the caller's transaction. */
    void giveUp(String eventId, PlanCompleted plan) {
        tell(
                eventId,
                decision(
                        plan,
                        Judged.blocked("the plan could not be judged: the policy-service failed on it repeatedly"),
                        Duration.ZERO));
    }

    private record Judged(Ruling ruling, List<SetOutcome> sets) {
        static Judged blocked(String reason) {
            return new Judged(new Ruling(Verdict.BLOCK, List.of(reason)), List.of());
        }
    }

    private Judged judge(PlanCompleted plan) {
        if (plan.policySets().isEmpty()) {
            return new Judged(new Ruling(Verdict.APPROVE, List.of()), List.of());
        }
        if (plan.policySets().size() > MOST_SETS) {
            return Judged.blocked("the workspace has " + plan.policySets().size() + " policy sets; at most " + MOST_SETS
                    + " are judged");
        }
        try {
            byte[] json = artifacts.fetch("the plan", plan.plan(), mostPlanBytes);
            Subject subject = Subject.of(PlanReader.read(json), plan.document());
            List<SetOutcome> outcomes = new ArrayList<>();
            for (PolicySetRef set : plan.policySets()) {
                outcomes.add(judge(subject, set));
            }
            return new Judged(Ruling.of(outcomes, plan.policySets()), outcomes);
        } catch (ArtifactRefused | PlanUnreadable e) {
            return Judged.blocked("the plan cannot be judged: " + e.getMessage());
        } catch (StackOverflowError e) {
            return Judged.blocked("the plan cannot be judged: it nests too deeply");
        }
    }

    private SetOutcome judge(Subject subject, PolicySetRef set) {
        try {
            return Evaluation.judge(subject, PolicySets.asked(set), sets.compiled(set), limits);
        } catch (PolicySetUnusable e) {
            return Evaluation.unusable(set, Objects.requireNonNullElse(e.getMessage(), "it is unusable"));
        }
    }

    private PolicyDecided decision(PlanCompleted plan, Judged judged, Duration took) {
        return new PolicyDecided(
                plan.run(),
                plan.plan().sha256(),
                judged.ruling().verdict(),
                judged.ruling().reasons(),
                judged.sets(),
                took.toMillis(),
                clock.instant());
    }

    private void tell(String eventId, PolicyDecided decision) {
        if (messaging.inbox().take(CONSUMER, eventId)) {
            store.add(eventId, decision);
            messaging.outbox().add(Abridged.of(decision));
        }
    }
}
