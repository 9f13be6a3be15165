package io.terrafleet.policy.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.event.Enforcement;
import io.terrafleet.contracts.event.PolicyDecision.Outcome;
import io.terrafleet.contracts.event.PolicyDecision.Violation;
import io.terrafleet.contracts.event.PolicySetRef;
import io.terrafleet.contracts.event.PolicySetRef.PolicyRef;
import io.terrafleet.contracts.event.PolicySetRef.Terms;
import io.terrafleet.contracts.event.RunEvent.PlanPriced;
import io.terrafleet.policy.Plans;
import io.terrafleet.rego.RegoCompiler;
import io.terrafleet.rego.RegoModule;
import io.terrafleet.rego.evaluation.Limits;
import io.terrafleet.rego.evaluation.Settings;
import io.terrafleet.rego.value.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationTest {
    private static final String EMPTY_PLAN = "{\"format_version\": \"1.2\", \"resource_changes\": []}";
    private static final String QUERY = "data.test.deny";
    private static final Limits LIMITS = new Limits(1_000_000, 200, Duration.ofSeconds(5));

    @Test
    void anEmptyAnswerPasses() {
        Outcome outcome = ask("deny contains x if { some x in [] }");

        assertThat(outcome.status()).isEqualTo("passed");
        assertThat(outcome.violationCount()).isZero();
    }

    @Test
    void entriesMayBeTextsOrObjects() {
        Outcome outcome = ask(
                """
                deny := [
                    "plain",
                    {"msg": "as conftest", "address": "aws_x.y"},
                    {"message": "open", "verdict": "undecided"},
                    {"other": 1},
                ]
                """);

        assertThat(outcome.status()).isEqualTo("failed");
        assertThat(outcome.violations())
                .containsExactly(
                        new Violation(Optional.empty(), "plain", "fail"),
                        new Violation(Optional.of("aws_x.y"), "as conftest", "fail"),
                        new Violation(Optional.empty(), "open", "undecided"),
                        new Violation(Optional.empty(), "{\"other\":1}", "fail"));
    }

    @Test
    void policiesWrittenForConftestFindThePlanWhereTheyLook() {
        assertThat(ask("deny contains \"seen\" if input.resource_changes == input.plan.resource_changes")
                        .status())
                .isEqualTo("failed");
        assertThat(ask("deny contains \"empty\" if { input.state.resources == 0; input.state.types == {};"
                                + " input.state.outputs == [] }")
                        .status())
                .isEqualTo("failed");
    }

    @Test
    void onlyUndecidedEntriesMakeAnUndecidedOutcome() {
        assertThat(ask("deny := [{\"message\": \"open\", \"verdict\": \"undecided\"}]")
                        .status())
                .isEqualTo("undecided");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deny := true",
                "deny := \"no\"",
                "deny := {\"a\": 1}",
                "deny := [1]",
                "deny := [{\"message\": \"m\", \"verdict\": \"maybe\"}]",
                "other := []",
                "deny if false",
                "deny := [x | some x in numbers.range(1, 100000000)]",
                "deny := [1 | some x in numbers.range(1, 3000); some y in numbers.range(1, 3000); x == y + 5000]",
                "deny := 1 if input.run.id\ndeny := 2 if input.plan",
            })
    void whatIsNoAnswerIsErrored(String rule) {
        Outcome outcome = ask(rule);

        assertThat(outcome.status()).isEqualTo("errored");
        assertThat(outcome.violations().getFirst().message()).startsWith("the policy could not be evaluated: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"deny", "data.test.deny; true", "true", "data.test[_]", "input.plan", "data.test.deny | set()"})
    void aQueryMustBeAReference(String query) {
        assertThat(ask("deny := []", query, Plans.run()).status()).isEqualTo("errored");
    }

    @Test
    void policiesSeeRunPlanCostAndParameters() {
        Outcome outcome = ask(
                """
                deny := [] if {
                    input.run.workspace.name == "shop"
                    input.run.organization.name == "acme"
                    input.run.variables.region.sensitive == false
                    input.plan.format_version == "1.2"
                    data.params.owner == "ada"
                    data.terrafleet.index.by_type == {}
                }
                """);

        assertThat(outcome.status()).isEqualTo("passed");
    }

    @Test
    void policiesReadTheCostAsNumbers() {
        Cost cost = Cost.of(new PlanPriced(
                new RunId("run-0000000000000000"),
                "",
                Optional.of(new BigDecimal("10.50")),
                Optional.of(new BigDecimal("1200.00")),
                Optional.of(new BigDecimal("1189.50")),
                Optional.empty(),
                Instant.EPOCH));
        String rules = "deny contains sprintf(\"%v more\", [input.cost.delta_monthly_cost])"
                + " if input.cost.proposed_monthly_cost > 1000";

        Outcome outcome = ask(rules, QUERY, Subject.of(Value.fromJson(EMPTY_PLAN), Plans.run(), cost));

        assertThat(outcome.violations()).extracting(Violation::message).containsExactly("1189.5 more");
    }

    /** Null is less than every number: without the reason such a policy would pass what it was made to stop. */
    @Test
    void aPolicyThatReadsAnUnknownCostIsUndecidedAtBest() {
        Subject unpriced = Subject.of(Value.fromJson(EMPTY_PLAN), Plans.run(), Cost.unknown("the price book is empty"));

        Outcome reading = ask("deny contains \"dear\" if input.cost.delta_monthly_cost > 1000", QUERY, unpriced);
        Outcome other = ask("deny contains \"x\" if input.run.is_destroy", QUERY, unpriced);
        Outcome knowing = ask("deny contains input.cost_reason if input.cost == null", QUERY, unpriced);

        assertThat(reading.status()).isEqualTo("undecided");
        assertThat(reading.violations()).extracting(Violation::message).containsExactly("the price book is empty");
        assertThat(other.status()).isEqualTo("passed");
        assertThat(knowing.status()).isEqualTo("failed");
    }

    @Test
    void aSetMayLetPassWhatIsKnownOnlyAfterTheApply() {
        PolicySetRef lenient = withUndecidedBlocks(false);
        String rules = "deny := [{\"message\": \"open\", \"verdict\": \"undecided\"}]";
        Subject whole = Subject.of(Value.fromJson(EMPTY_PLAN), Plans.run());
        Subject partial = Subject.of(Value.fromJson("{\"format_version\": \"1.2\", \"complete\": false}"), Plans.run());

        Outcome passed = judged(rules, lenient, whole);

        assertThat(passed.status()).isEqualTo("passed");
        assertThat(passed.violations()).extracting(Violation::message).containsExactly("open");
        assertThat(judged(rules, lenient, partial).status()).isEqualTo("undecided");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"format_version\": \"1.2\", \"errored\": true}",
                "{\"format_version\": \"1.2\", \"complete\": false}",
                "{\"format_version\": \"1.2\", \"deferred_changes\": [{}]}"
            })
    void anIncompletePlanIsUndecidedAtBest(String plan) {
        Outcome outcome = ask("deny := []", "data.test.deny", Subject.of(Value.fromJson(plan), Plans.run()));

        assertThat(outcome.status()).isEqualTo("undecided");
        assertThat(outcome.violations().getFirst().message()).startsWith("the plan is incomplete");
    }

    @Test
    void aTargetedPlanIsUndecidedAtBest() {
        Outcome outcome = ask("deny := []", "data.test.deny", Plans.run("module.x"));

        assertThat(outcome.status()).isEqualTo("undecided");
        assertThat(outcome.violations().getFirst().message())
                .isEqualTo("the plan is incomplete: it was targeted at module.x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deny_a      | exception contains [\"a\"]                        | passed",
                "deny_a      | exception contains rules if { input.plan; rules := [\"z\", \"a\"] } | passed",
                "violation_a | exception := [{\"a\"}]                            | passed",
                "deny        | exception contains [\"\"]                         | passed",
                "deny        | exception contains [\"deny\"]                     | failed",
                "deny_a      | exception contains [\"b\"]                        | failed",
                "deny_a      | exception contains [\"a\"] if input.run.is_destroy | failed",
                "deny_a      | exception := \"a\"                                | failed",
                "warn_a      | exception contains [\"a\"]                        | failed",
                "deny_a      | exception := 1 if input.plan\\nexception := 2 if input.run | errored",
            })
    void aPackageExemptsAsConftestHasIt(String rule, String exception, String status) {
        String rego = rule + " contains \"no\"\n" + exception.replace("\\n", "\n");

        assertThat(byConvention(rego, "data.test." + rule, true).status()).isEqualTo(status);
        assertThat(byConvention(rego, "data.test." + rule, false).status()).isEqualTo("failed");
    }

    @Test
    void anExemptionIsToldAndHidesNoIncompletePlan() {
        String rego = "deny_a contains \"no\"\nexception contains [\"a\"]";

        assertThat(byConvention(rego, "data.test.deny_a", true).description())
                .contains("exempted by data.test.exception");
        Subject half = Subject.of(Value.fromJson("{\"errored\": true}"), Plans.run());
        assertThat(byConvention(rego, "data.test.deny_a", true, half).status()).isEqualTo("undecided");
    }

    private static Outcome byConvention(String rules, String query, boolean conventional) {
        return byConvention(rules, query, conventional, Subject.of(Value.fromJson(EMPTY_PLAN), Plans.run()));
    }

    private static Outcome byConvention(String rules, String query, boolean conventional, Subject subject) {
        PolicySetRef set = set(query, Optional.empty());
        RegoModule module = RegoModule.parse("test.rego", "package test\n\n" + rules);
        Settings settings = Settings.DEFAULT.withLimits(LIMITS);
        Engine engine = new RegoEngine(subject, set, RegoCompiler.compile(List.of(module)), settings, conventional);
        return Evaluation.judge(subject, set, engine, 200).outcomes().getFirst();
    }

    @Test
    void violationsBeyondTheTellableAreCounted() {
        Outcome outcome = ask("deny := [sprintf(\"m%d\", [x]) | some x in numbers.range(1, 500)]");

        assertThat(outcome.violations()).hasSize(200);
        assertThat(outcome.violationCount()).isEqualTo(500);
    }

    private static Outcome ask(String rules) {
        return ask(rules, "data.test.deny", Plans.run());
    }

    private static Outcome ask(String rules, String query, io.terrafleet.contracts.event.RunDocument run) {
        return ask(rules, query, Subject.of(Value.fromJson(EMPTY_PLAN), run));
    }

    private static Outcome ask(String rules, String query, Subject subject) {
        return judged(rules, set(query, Optional.empty()), subject);
    }

    private static Outcome judged(String rules, PolicySetRef set, Subject subject) {
        RegoModule module = RegoModule.parse("test.rego", "package test\n\n" + rules);
        return Evaluation.judge(subject, set, RegoCompiler.compile(List.of(module)), LIMITS)
                .outcomes()
                .getFirst();
    }

    private static PolicySetRef withUndecidedBlocks(boolean blocks) {
        Terms usual = Terms.USUAL;
        return set(
                QUERY,
                Optional.of(new Terms(
                        usual.version(),
                        usual.commit(),
                        usual.overridable(),
                        blocks,
                        usual.legacy(),
                        usual.requiredApprovals(),
                        usual.authorMayOverride(),
                        usual.engine(),
                        usual.functions(),
                        usual.secrets())));
    }

    private static PolicySetRef set(String query, Optional<Terms> terms) {
        PolicyRef policy = new PolicyRef("test", query, Enforcement.MANDATORY, Optional.empty());
        return new PolicySetRef(
                "polset-1",
                "test",
                false,
                Optional.empty(),
                List.of(policy),
                Map.of("owner", TextNode.valueOf("ada")),
                terms);
    }
}
