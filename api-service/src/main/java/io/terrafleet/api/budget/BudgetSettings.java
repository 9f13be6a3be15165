package io.terrafleet.api.budget;

import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.event.Budget;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a budget says.
 *
 * @param maximumMonthly US dollars a month that the workspace may cost after the plan
 * @param maximumIncrease US dollars a month that the plan may add
 * @param maximumPercent by how much the cost may grow, in percent of what it is
 * @param withoutEstimate what happens to a plan that cannot be priced
 */
public record BudgetSettings(
        String name,
        Optional<BigDecimal> maximumMonthly,
        Optional<BigDecimal> maximumIncrease,
        Optional<BigDecimal> maximumPercent,
        Budget.Action action,
        Budget.Action withoutEstimate,
        Approvers approvers) {
    private static final BigDecimal MOST_PERCENT = new BigDecimal("1000000");
    private static final int MOST_APPROVERS = 50;
    private static final int LONGEST_NAME = 90;
    private static final BigDecimal MOST = new BigDecimal("999999999999.99");

    public BudgetSettings {
        if (name.isBlank() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw Problem.invalid(
                    "name", "Name must have 1 to " + LONGEST_NAME + " characters and no control character");
        }
        maximumMonthly.ifPresent(amount -> check("maximum-monthly", "Maximum monthly", amount));
        maximumIncrease.ifPresent(amount -> check("maximum-increase", "Maximum increase", amount));
        maximumPercent
                .filter(percent -> percent.signum() < 0 || percent.compareTo(MOST_PERCENT) > 0 || percent.scale() > 2)
                .ifPresent(percent -> {
                    throw Problem.invalid(
                            "maximum-percent",
                            "Maximum percent must be from 0 to " + MOST_PERCENT + " with at most two decimals");
                });
        if (maximumMonthly.isEmpty() && maximumIncrease.isEmpty() && maximumPercent.isEmpty()) {
            throw Problem.invalid(
                    "maximum-monthly", "Maximum monthly, maximum increase or maximum percent must be set");
        }
        if (approvers.users().size() > MOST_APPROVERS || approvers.teams().size() > MOST_APPROVERS) {
            throw Problem.invalidRelationship(
                    "approver-teams", "A budget may name at most " + MOST_APPROVERS + " users and as many teams");
        }
    }

    private static void check(String attribute, String name, BigDecimal amount) {
        if (amount.signum() < 0 || amount.compareTo(MOST) > 0 || amount.scale() > 2) {
            throw Problem.invalid(
                    attribute,
                    name + " must be an amount in US dollars from 0 to " + MOST + " with at most two decimals");
        }
    }
}
