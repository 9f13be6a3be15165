package io.terrafleet.policy.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.event.Enforcement;
import io.terrafleet.contracts.event.FactCodec;
import io.terrafleet.contracts.event.PolicyDecision.Outcome;
import io.terrafleet.contracts.event.PolicyDecision.PolicyDecided;
import io.terrafleet.contracts.event.PolicyDecision.SetOutcome;
import io.terrafleet.contracts.event.PolicyDecision.Violation;
import io.terrafleet.contracts.event.Verdict;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AbridgedTest {

    @Test
    void tellsFewerViolationsUntilTheDecisionFitsAnEvent() {
        PolicyDecided told = Abridged.of(decision(200, 200));

        assertThat(FactCodec.write(told).length).isLessThanOrEqualTo(FactCodec.MOST_BYTES);
        Outcome first = told.sets().getFirst().outcomes().getFirst();
        assertThat(first.violations()).isNotEmpty();
        assertThat(first.violationCount()).isEqualTo(200);
    }

    @Test
    void leavesASmallDecisionAsItIs() {
        PolicyDecided small = decision(2, 3);

        assertThat(Abridged.of(small)).isEqualTo(small);
    }

    private static PolicyDecided decision(int policies, int violations) {
        Violation violation = new Violation(Optional.of("aws_x.y"), "m".repeat(1_000), "fail");
        Outcome outcome = new Outcome(
                "rule",
                "data.r.deny",
                Enforcement.MANDATORY,
                "failed",
                Optional.empty(),
                Collections.nCopies(violations, violation),
                violations);
        SetOutcome set = new SetOutcome("polset-1", "rules", Optional.empty(), Collections.nCopies(policies, outcome));
        return new PolicyDecided(
                new RunId("run-1111111111111111"),
                "0".repeat(64),
                Verdict.BLOCK_OVERRIDABLE,
                List.of("rule: m"),
                List.of(set),
                1,
                Instant.EPOCH);
    }
}
