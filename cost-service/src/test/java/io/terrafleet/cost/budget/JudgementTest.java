package io.terrafleet.cost.budget;

import static io.terrafleet.cost.estimate.Drafts.draft;
import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.contracts.event.Budget;
import io.terrafleet.contracts.event.Verdict;
import io.terrafleet.cost.estimate.Estimate;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgementTest {
    /** 10 before, 50 after. */
    private static final Estimate GROWS = volume("{'size': 100}", "{'size': 500}");

    /** 50 before, 10 after. */
    private static final Estimate SHRINKS = volume("{'size': 500}", "{'size': 100}");

    @ParameterizedTest(name = "at most {0} a month, {1} more, {2}: {3}")
    @CsvSource({
        "50,    , block,    approve",
        "49.99, , block,    block",
        "49.99, , approval, block-overridable",
        "49.99, , warn,     approve",
        ", 40,    block,    approve",
        ", 39.99, block,    block",
        ", 39.99, approval, block-overridable",
        "100, 39, approval, block-overridable",
        "49, 100, block,    block"
    })
    void growingPlans(BigDecimal total, BigDecimal increase, String action, String verdict) {
        Judgement judgement = Judgement.of(GROWS, List.of(budget(total, increase, action)));

        assertThat(judgement.verdict().word()).isEqualTo(verdict);
        assertThat(judgement.outcomes()).hasSize(1);
        assertThat(judgement.outcomes().getFirst().exceeded())
                .isEqualTo(!judgement.reasons().isEmpty());
    }

    @Test
    void theStrictestBudgetDecides() {
        Judgement judgement = Judgement.of(
                GROWS,
                List.of(
                        budget(new BigDecimal("1"), null, "warn"),
                        budget(new BigDecimal("1"), null, "block"),
                        budget(new BigDecimal("1"), null, "approval")));

        assertThat(judgement.verdict()).isEqualTo(Verdict.BLOCK);
        assertThat(judgement.reasons()).hasSize(3);
    }

    @Test
    void aPlanThatBringsTheCostDownIsNotHeldForItsTotal() {
        Judgement judgement = Judgement.of(SHRINKS, List.of(budget(new BigDecimal("5"), null, "block")));

        assertThat(judgement.verdict()).isEqualTo(Verdict.APPROVE);
        assertThat(judgement.outcomes().getFirst().exceeded()).isTrue();
        assertThat(judgement.reasons().getFirst()).contains("does not raise the cost");
    }

    @Test
    void aReasonSaysTheAmounts() {
        Judgement judgement =
                Judgement.of(GROWS, List.of(budget(new BigDecimal("20"), new BigDecimal("30"), "approval")));

        assertThat(judgement.reasons())
                .containsExactly("Budget \"shop\" of the project is exceeded: the monthly cost would be $50.00,"
                        + " $30.00 over its limit of $20.00, and the monthly cost would rise by $40.00, $10.00 more than the $30.00 it"
                        + " allows. Somebody has to approve.");
    }

    @Test
    void whatHasNoPriceIsMentioned() {
        Estimate partly = draft().create("aws_no_such_thing", "it", "{}").estimate();

        assertThat(Judgement.of(partly, List.of()).verdict()).isEqualTo(Verdict.APPROVE);
        assertThat(Judgement.of(partly, List.of()).reasons()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "block,    ,         approve",
        "block,    warn,     approve",
        "warn,     approval, block-overridable",
        "approval, block,    block"
    })
    void aBudgetThatCannotBeCheckedSaysItselfWhatHappens(
            String action, @org.jspecify.annotations.Nullable String without, String verdict) {
        Budget budget = new Budget(
                "bud-1",
                "shop",
                "project",
                Optional.of(BigDecimal.TEN),
                Optional.empty(),
                Optional.empty(),
                Budget.Action.of(action),
                Optional.ofNullable(without).map(Budget.Action::of));

        Judgement judgement = Judgement.withoutEstimate("The plan cannot be read", List.of(budget));

        assertThat(judgement.verdict().word()).isEqualTo(verdict);
        assertThat(judgement.reasons().getFirst()).isEqualTo("The plan cannot be read, so there is no cost estimate.");
        assertThat(judgement.reasons().get(1)).contains("could not be checked");
    }

    @Test
    void anEstimateInAnotherCurrencyIsNotHeldAgainstABudget() {
        Estimate china = new Estimate(List.of(), Optional.empty(), "CNY");

        Judgement judgement = Judgement.of(china, List.of(budget(BigDecimal.TEN, null, "block")));

        assertThat(judgement.verdict()).isEqualTo(Verdict.APPROVE);
        assertThat(judgement.reasons())
                .containsExactly(
                        "The estimate is in CNY and budgets are in US dollars.",
                        "Budget \"shop\" of the project could not be checked.");
    }

    @Test
    void withoutBudgetsAFailureDoesNotBlock() {
        assertThat(Judgement.withoutEstimate("The plan cannot be read", List.of())
                        .verdict())
                .isEqualTo(Verdict.APPROVE);
    }

    /** 10 before and 40 more; beside it 90 in the project and 990 in the organization. */
    @ParameterizedTest(name = "{0}: at most {1} a month or {2} % more: {3}")
    @CsvSource({
        "workspace,    50,  ,    approve",
        "project,      140, ,    approve",
        "project,      139, ,    block",
        "organization, 1040, ,   approve",
        "organization, 1039, ,   block",
        "workspace,    , 400,    approve",
        "workspace,    , 399.99, block",
        "project,      , 40,     approve",
        "project,      , 39.9,   block",
        "organization, , 4,      approve",
        "organization, , 3.99,   block"
    })
    void theOthersCountForTheBudgetsThatTheyShare(String scope, BigDecimal total, BigDecimal percent, String verdict) {
        Budget shared = new Budget(
                "bud-1",
                "shop",
                scope,
                Optional.ofNullable(total),
                Optional.empty(),
                Optional.ofNullable(percent),
                Budget.Action.BLOCK,
                Optional.empty());
        Surroundings surroundings = new Surroundings(new BigDecimal("90"), new BigDecimal("990"));

        assertThat(Judgement.of(GROWS, List.of(shared), surroundings).verdict().word())
                .isEqualTo(verdict);
    }

    @Test
    void aPercentageIsSaidWithWhatItAllows() {
        Budget growth = new Budget(
                "bud-1",
                "growth",
                "project",
                Optional.empty(),
                Optional.empty(),
                Optional.of(BigDecimal.TEN),
                Budget.Action.APPROVAL,
                Optional.empty());

        assertThat(Judgement.of(GROWS, List.of(growth), new Surroundings(new BigDecimal("90"), BigDecimal.ZERO))
                        .reasons())
                .containsExactly(
                        "Budget \"growth\" of the project is exceeded: the monthly cost of the whole project would"
                                + " rise by 40 %, more than the 10 % it allows. Somebody has to approve.");
    }

    private static Estimate volume(String before, String after) {
        return draft().change("aws_ebs_volume", "it", List.of("update"), before, after, "{}")
                .estimate();
    }

    private static Budget budget(
            @org.jspecify.annotations.Nullable BigDecimal total,
            @org.jspecify.annotations.Nullable BigDecimal increase,
            String action) {
        return new Budget(
                "bud-1",
                "shop",
                "project",
                Optional.ofNullable(total),
                Optional.ofNullable(increase),
                Budget.Action.of(action));
    }
}
