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
 */
public record BudgetSettings(
        String name, Optional<BigDecimal> maximumMonthly, Optional<BigDecimal> maximumIncrease, Budget.Action action) {
    private static final int LONGEST_NAME = 90;
    private static final BigDecimal MOST = new BigDecimal("999999999999.99");

    public BudgetSettings {
        if (name.isBlank() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw Problem.invalid(
                    "name", "Name must have 1 to " + LONGEST_NAME + " characters and no control character");
        }
        maximumMonthly.ifPresent(amount -> check("maximum-monthly", "Maximum monthly", amount));
        maximumIncrease.ifPresent(amount -> check("maximum-increase", "Maximum increase", amount));
        if (maximumMonthly.isEmpty() && maximumIncrease.isEmpty()) {
            throw Problem.invalid("maximum-monthly", "Maximum monthly or maximum increase must be set");
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
