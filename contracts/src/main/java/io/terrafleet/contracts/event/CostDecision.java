package io.terrafleet.contracts.event;

import io.terrafleet.contracts.RunId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** What the cost-service decided. Topic {@code terrafleet.cost-decisions}. */
public sealed interface CostDecision extends RunFact {
    /** Priced resources told in the event, dearest first; the rest stay in the cost-service's own store. */
    int MOST_ITEMS = 200;

    /**
     * Amounts are of a month of 730 hours.
     *
     * @param planSha256 the hash of the plan document that was priced
     * @param status {@code finished}, {@code errored} or {@code skipped_due_to_targeting}
     * @param error why there is no estimate, when status is {@code errored}
     * @param reasons sentences for people, why it is not approved or what a budget warns of
     * @param pricesAsOf the date of the oldest price used
     * @param currency of all amounts, for example {@code CNY}; absent: US dollars
     */
    record CostDecided(
            RunId run,
            String planSha256,
            Verdict verdict,
            List<String> reasons,
            String status,
            Optional<String> error,
            BigDecimal priorMonthly,
            BigDecimal proposedMonthly,
            BigDecimal deltaMonthly,
            Counts counts,
            List<Item> items,
            List<BudgetOutcome> budgets,
            Optional<LocalDate> pricesAsOf,
            Optional<String> currency,
            Instant decidedAt)
            implements CostDecision {
        /** In US dollars. */
        public CostDecided(
                RunId run,
                String planSha256,
                Verdict verdict,
                List<String> reasons,
                String status,
                Optional<String> error,
                BigDecimal priorMonthly,
                BigDecimal proposedMonthly,
                BigDecimal deltaMonthly,
                Counts counts,
                List<Item> items,
                List<BudgetOutcome> budgets,
                Optional<LocalDate> pricesAsOf,
                Instant decidedAt) {
            this(
                    run,
                    planSha256,
                    verdict,
                    reasons,
                    status,
                    error,
                    priorMonthly,
                    proposedMonthly,
                    deltaMonthly,
                    counts,
                    items,
                    budgets,
                    pricesAsOf,
                    Optional.empty(),
                    decidedAt);
        }
    }

    /** Every resource is in exactly one of the last five. */
    record Counts(int resources, int priced, int usageOnly, int free, int unsupported, int noPrice) {}

    /**
     * @param change {@code create}, {@code update}, {@code delete}, {@code replace} or {@code no-op}
     * @param kind {@code priced}, {@code usage-only}, {@code unsupported} or {@code no-price}
     * @param assumptions what was assumed where the plan does not know a value
     */
    record Item(
            String address,
            String type,
            String change,
            String kind,
            BigDecimal priorMonthly,
            BigDecimal proposedMonthly,
            List<Component> components,
            List<String> assumptions) {}

    /** One line of the bill: quantity times price. */
    record Component(String name, String unit, BigDecimal monthlyQuantity, BigDecimal price, BigDecimal monthly) {}

    record BudgetOutcome(String budgetId, String name, boolean exceeded, Budget.Action action, String message) {}
}
