package io.terrafleet.cost.budget;

import io.terrafleet.contracts.event.Budget;
import io.terrafleet.contracts.event.CostDecision.BudgetOutcome;
import io.terrafleet.contracts.event.Verdict;
import io.terrafleet.cost.estimate.Estimate;
import io.terrafleet.cost.estimate.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the budgets say of a plan. An exceeded budget warns, asks for somebody who may override, or blocks. A plan that does not raise
 * the cost is never held for its total: it may be the very one that brings the cost down. What happens to
 * a budget that cannot be checked, because there is no estimate, it says itself; a fault of the estimate stops nobody's work unless one
 * does.
 *
 * @param reasons sentences for people; empty when all is well
 */
public record Judgement(Verdict verdict, List<String> reasons, List<BudgetOutcome> outcomes) {

    private static final String CURRENCY = "USD";

    /** Judges an estimate of a workspace that shares no budget. */
    public static Judgement of(Estimate estimate, List<Budget> budgets) {
        return of(estimate, budgets, Surroundings.NONE);
    }

    /** Judges an estimate; a budget of a project or an organization counts what its other workspaces cost. */
    public static Judgement of(Estimate estimate, List<Budget> budgets, Surroundings surroundings) {
        if (!estimate.currency().equals(CURRENCY)) {
            return unchecked("The estimate is in " + estimate.currency() + " and budgets are in US dollars.", budgets);
        }
        Verdict verdict = Verdict.APPROVE;
        List<String> reasons = new ArrayList<>();
        List<BudgetOutcome> outcomes = new ArrayList<>();
        for (Budget budget : budgets) {
            BigDecimal others = surroundings.of(budget.scope());
            Optional<String> increase = increase(estimate, budget).or(() -> share(estimate, others, budget));
            Optional<String> total = total(estimate, others, budget);
            boolean raises = estimate.deltaMonthly().signum() > 0;
            boolean holds = increase.isPresent() || (total.isPresent() && raises);
            boolean exceeded = increase.isPresent() || total.isPresent();
            String message = exceeded ? sentence(budget, increase, total, holds) : within(estimate, others, budget);
            outcomes.add(new BudgetOutcome(budget.id(), budget.name(), exceeded, budget.action(), message));
            if (exceeded) {
                reasons.add(message);
            }
            verdict = holds ? verdict.and(verdict(budget.action())) : verdict;
        }
        int unpriced = estimate.count(Kind.NO_PRICE) + estimate.count(Kind.UNSUPPORTED);
        if (unpriced > 0) {
            reasons.add(
                    unpriced == 1
                            ? "One resource could not be priced in full; the amounts leave out what has no price."
                            : unpriced
                                    + " resources could not be priced in full; the amounts leave out what has no price.");
        }
        return new Judgement(verdict, List.copyOf(reasons), List.copyOf(outcomes));
    }

    /** @param why there is no estimate, as the beginning of a sentence: {@code The plan cannot be read} */
    public static Judgement withoutEstimate(String why, List<Budget> budgets) {
        return unchecked(why + ", so there is no cost estimate.", budgets);
    }

    private static Judgement unchecked(String why, List<Budget> budgets) {
        Verdict verdict = Verdict.APPROVE;
        List<String> reasons = new ArrayList<>(List.of(why));
        List<BudgetOutcome> outcomes = new ArrayList<>();
        for (Budget budget : budgets) {
            Budget.Action action = budget.withoutEstimate().orElse(Budget.Action.WARN);
            String message = name(budget) + " could not be checked."
                    + switch (action) {
                        case WARN -> "";
                        case APPROVAL -> " Somebody has to approve.";
                        case BLOCK -> " The budget blocks what has no estimate.";
                    };
            outcomes.add(new BudgetOutcome(budget.id(), budget.name(), false, action, message));
            reasons.add(message);
            verdict = verdict.and(verdict(action));
        }
        return new Judgement(verdict, List.copyOf(reasons), List.copyOf(outcomes));
    }

    private static Verdict verdict(Budget.Action action) {
        return switch (action) {
            case WARN -> Verdict.APPROVE;
            case APPROVAL -> Verdict.BLOCK_OVERRIDABLE;
            case BLOCK -> Verdict.BLOCK;
        };
    }

    private static Optional<String> total(Estimate estimate, BigDecimal others, Budget budget) {
        BigDecimal proposed = estimate.proposedMonthly().add(others);
        return budget.maximumMonthly()
                .filter(most -> proposed.compareTo(most) > 0)
                .map(most -> cost(others, budget) + " would be " + Dollars.of(proposed) + ", "
                        + Dollars.of(proposed.subtract(most)) + " over its limit of " + Dollars.of(most));
    }

    private static String cost(BigDecimal others, Budget budget) {
        return others.signum() == 0 ? "the monthly cost" : "the monthly cost of the whole " + budget.scope();
    }

    /** Growth from nothing has no percentage; it is for the other limits to judge. */
    private static Optional<String> share(Estimate estimate, BigDecimal others, Budget budget) {
        BigDecimal base = estimate.priorMonthly().add(others);
        BigDecimal delta = estimate.deltaMonthly();
        if (base.signum() <= 0 || delta.signum() <= 0) {
            return Optional.empty();
        }
        BigDecimal percent = delta.multiply(BigDecimal.valueOf(100)).divide(base, 2, RoundingMode.HALF_UP);
        return budget.maximumPercent()
                .filter(most -> delta.multiply(BigDecimal.valueOf(100)).compareTo(most.multiply(base)) > 0)
                .map(most -> cost(others, budget) + " would rise by "
                        + percent.stripTrailingZeros().toPlainString() + " %, more than the "
                        + most.stripTrailingZeros().toPlainString() + " % it allows");
    }

    private static Optional<String> increase(Estimate estimate, Budget budget) {
        BigDecimal delta = estimate.deltaMonthly();
        return budget.maximumIncrease()
                .filter(most -> delta.signum() > 0 && delta.compareTo(most) > 0)
                .map(most -> "the monthly cost would rise by " + Dollars.of(delta) + ", "
                        + Dollars.of(delta.subtract(most)) + " more than the " + Dollars.of(most) + " it allows");
    }

    private static String sentence(Budget budget, Optional<String> increase, Optional<String> total, boolean holds) {
        String facts = String.join(
                ", and ",
                java.util.stream.Stream.of(total, increase)
                        .flatMap(Optional::stream)
                        .toList());
        String consequence = !holds
                ? " This plan does not raise the cost, so it is not held."
                : switch (budget.action()) {
                    case WARN -> " This is a warning only.";
                    case APPROVAL -> " Somebody has to approve.";
                    case BLOCK -> " The budget blocks it.";
                };
        return name(budget) + " is exceeded: " + facts + "." + consequence;
    }

    private static String within(Estimate estimate, BigDecimal others, Budget budget) {
        return name(budget) + " is kept: " + cost(others, budget) + " would be "
                + Dollars.of(estimate.proposedMonthly().add(others)) + " ("
                + (estimate.deltaMonthly().signum() < 0 ? "" : "+") + Dollars.of(estimate.deltaMonthly()) + ").";
    }

    private static String name(Budget budget) {
        return "Budget \"" + budget.name() + "\" of the " + budget.scope();
    }
}
