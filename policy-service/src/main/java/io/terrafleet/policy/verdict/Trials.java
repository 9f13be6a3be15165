package io.terrafleet.policy.verdict;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.terrafleet.contracts.event.PolicyDecision.Outcome;
import io.terrafleet.contracts.event.PolicyDecision.SetOutcome;
import io.terrafleet.contracts.event.PolicyDecision.TrialJudged;
import io.terrafleet.contracts.event.RunEvent.PlanTried;
import io.terrafleet.contracts.event.Verdict;
import io.terrafleet.messaging.Messaging;
import io.terrafleet.policy.verdict.Judge.Judgement;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The door to what is only tried: says what a proposed set makes of a plan, once for each question. Nothing of it is kept. */
public final class Trials {
    private static final String CONSUMER = "policy-trials";

    private final Judge judge;
    private final Messaging messaging;
    private final InstantSource clock;

    public Trials(Judge judge, Messaging messaging, InstantSource clock) {
        this.judge = judge;
        this.messaging = messaging;
        this.clock = clock;
    }

    /** @throws io.terrafleet.messaging.TryLater while the api is away */
    void judge(String eventId, PlanTried tried) {
        if (messaging.inbox().hasTaken(CONSUMER, eventId)) {
            return;
        }
        TrialJudged answer = answer(tried, judge.tried(tried));
        QuarkusTransaction.requiringNew().run(() -> tell(eventId, answer));
    }

    /** Runs in the caller's transaction. */
    void giveUp(String eventId, PlanTried tried) {
        tell(
                eventId,
                answer(
                        tried,
                        Judgement.refused("the plan could not be judged: the policy-service failed on it repeatedly")));
    }

    private void tell(String eventId, TrialJudged answer) {
        if (messaging.inbox().take(CONSUMER, eventId)) {
            messaging.outbox().add(answer);
        }
    }

    private TrialJudged answer(PlanTried tried, Judgement judged) {
        Verdict verdict = judged.refusal().isPresent()
                ? Verdict.BLOCK
                : Ruling.of(judged.outcomes(), List.of(tried.policySet())).verdict();
        List<String> failed = judged.outcomes().stream()
                .flatMap(set -> set.outcomes().stream())
                .filter(outcome -> !outcome.status().equals("passed"))
                .map(Outcome::policy)
                .distinct()
                .toList();
        Optional<String> error = judged.refusal().or(() -> judged.outcomes().stream()
                .map(SetOutcome::error)
                .flatMap(Optional::stream)
                .findFirst());
        return new TrialJudged(tried.run(), tried.trial(), verdict, failed, error, clock.instant());
    }
}
