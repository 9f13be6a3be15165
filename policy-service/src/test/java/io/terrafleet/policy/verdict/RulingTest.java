package io.terrafleet.policy.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.contracts.event.Enforcement;
import io.terrafleet.contracts.event.PolicyDecision.Outcome;
import io.terrafleet.contracts.event.PolicyDecision.SetOutcome;
import io.terrafleet.contracts.event.PolicyDecision.Violation;
import io.terrafleet.contracts.event.PolicySetRef;
import io.terrafleet.contracts.event.PolicySetRef.PolicyRef;
import io.terrafleet.contracts.event.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulingTest {

    @ParameterizedTest
    @CsvSource({
        "passed, ADVISORY, APPROVE",
        "passed, MANDATORY, APPROVE",
        "passed, HARD_MANDATORY, APPROVE",
        "undecided, ADVISORY, APPROVE",
        "undecided, MANDATORY, BLOCK_OVERRIDABLE",
        "undecided, HARD_MANDATORY, BLOCK_OVERRIDABLE",
        "failed, ADVISORY, APPROVE",
        "failed, MANDATORY, BLOCK_OVERRIDABLE",
        "failed, HARD_MANDATORY, BLOCK",
        "errored, ADVISORY, APPROVE",
        "errored, MANDATORY, BLOCK_OVERRIDABLE",
        "errored, HARD_MANDATORY, BLOCK"
    })
    void oneOutcomeDecidesByItsLevel(String status, Enforcement level, Verdict expected) {
        Ruling ruling = Ruling.of(List.of(set(outcome(status, level))), List.of());

        assertThat(ruling.verdict()).isEqualTo(expected);
        assertThat(ruling.reasons().isEmpty()).isEqualTo(expected == Verdict.APPROVE);
    }

    @Test
    void theStrictestOutcomeWins() {
        Ruling ruling = Ruling.of(
                List.of(
                        set(outcome("failed", Enforcement.MANDATORY), outcome("failed", Enforcement.HARD_MANDATORY)),
                        set(outcome("passed", Enforcement.MANDATORY))),
                List.of());

        assertThat(ruling.verdict()).isEqualTo(Verdict.BLOCK);
    }

    @ParameterizedTest
    @CsvSource({"ADVISORY, APPROVE", "MANDATORY, BLOCK_OVERRIDABLE", "HARD_MANDATORY, BLOCK"})
    void aSetThatCannotBeJudgedFailsClosedAtItsStrictestLevel(Enforcement strictest, Verdict expected) {
        PolicyRef mild = new PolicyRef("mild", "data.a.deny", Enforcement.ADVISORY, Optional.empty());
        PolicyRef strict = new PolicyRef("strict", "data.b.deny", strictest, Optional.empty());
        PolicySetRef set =
                new PolicySetRef("polset-1", "rules", false, Optional.empty(), List.of(mild, strict), Map.of());

        Ruling ruling = Ruling.of(
                List.of(new SetOutcome("polset-1", "rules", Optional.of("it does not parse"), List.of())),
                List.of(set));

        assertThat(ruling.verdict()).isEqualTo(expected);
        if (expected != Verdict.APPROVE) {
            assertThat(ruling.reasons()).containsExactly("policy set rules cannot be judged: it does not parse");
        }
    }

    @Test
    void reasonsAreSentencesAndBounded() {
        List<Violation> violations = IntStream.range(0, 120)
                .mapToObj(i -> new Violation(Optional.of("aws_x.y[" + i + "]"), "is wrong", "fail"))
                .toList();
        Outcome outcome =
                new Outcome("rule", "data.r.deny", Enforcement.MANDATORY, "failed", Optional.empty(), violations, 120);

        List<String> reasons = Ruling.of(List.of(set(outcome)), List.of()).reasons();

        assertThat(reasons).hasSize(Ruling.MOST_REASONS + 1);
        assertThat(reasons.getFirst()).isEqualTo("rule: aws_x.y[0]: is wrong");
        assertThat(reasons.getLast()).isEqualTo("and 70 more");
    }

    private static SetOutcome set(Outcome... outcomes) {
        return new SetOutcome("polset-1", "rules", Optional.empty(), List.of(outcomes));
    }

    private static Outcome outcome(String status, Enforcement level) {
        List<Violation> violations = status.equals("passed")
                ? List.of()
                : List.of(new Violation(
                        Optional.empty(), "something", status.equals("undecided") ? "undecided" : "fail"));
        return new Outcome("rule", "data.r.deny", level, status, Optional.empty(), violations, violations.size());
    }
}
