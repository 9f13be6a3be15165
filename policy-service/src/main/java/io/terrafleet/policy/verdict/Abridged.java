package io.terrafleet.policy.verdict;

import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.event.FactCodec;
import io.terrafleet.contracts.event.PolicyDecision.Outcome;
import io.terrafleet.contracts.event.PolicyDecision.PolicyDecided;
import io.terrafleet.contracts.event.PolicyDecision.SetOutcome;
import java.util.List;

/** A decision that fits an event: it tells fewer violations of each policy until it does, and still counts them all. */
final class Abridged {
    private static final List<Integer> VIOLATIONS = List.of(200, 50, 10, 3, 1, 0);

    private Abridged() {}

    static PolicyDecided of(PolicyDecided decision) {
        PolicyDecided told = decision;
        for (int most : VIOLATIONS) {
            told = with(decision, most);
            if (Json.write(told).length <= FactCodec.MOST_BYTES) {
                return told;
            }
        }
        return new PolicyDecided(
                told.run(),
                told.planSha256(),
                told.verdict(),
                told.reasons(),
                List.of(),
                told.evaluationMillis(),
                told.decidedAt());
    }

    private static PolicyDecided with(PolicyDecided decision, int most) {
        return new PolicyDecided(
                decision.run(),
                decision.planSha256(),
                decision.verdict(),
                decision.reasons(),
                decision.sets().stream().map(set -> with(set, most)).toList(),
                decision.evaluationMillis(),
                decision.decidedAt());
    }

    private static SetOutcome with(SetOutcome set, int most) {
        return new SetOutcome(
                set.policySetId(),
                set.name(),
                set.error(),
                set.outcomes().stream().map(outcome -> with(outcome, most)).toList(),
                set.terms());
    }

    private static Outcome with(Outcome outcome, int most) {
        return new Outcome(
                outcome.policy(),
                outcome.query(),
                outcome.enforcement(),
                outcome.status(),
                outcome.description(),
                outcome.violations().stream().limit(most).toList(),
                outcome.violationCount());
    }
}
