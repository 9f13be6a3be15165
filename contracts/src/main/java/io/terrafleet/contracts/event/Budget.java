package io.terrafleet.contracts.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/**
 * A limit on the monthly cost that a plan proposes. At least one limit is present; amounts in US dollars a month.
 *
 * @param scope what the budget was set on: {@code workspace}, {@code project} or {@code organization}; the last two count what
 *     their other workspaces cost too
 * @param maximumPercent by how much the cost may grow, in percent of what it is
 * @param withoutEstimate what happens when there is no estimate to check it by; absent: a warning
 */
public record Budget(
        String id,
        String name,
        String scope,
        Optional<BigDecimal> maximumMonthly,
        Optional<BigDecimal> maximumIncrease,
        Optional<BigDecimal> maximumPercent,
        Action action,
        Optional<Action> withoutEstimate) {

    /** A budget without a limit in percent, of which only a warning is left without an estimate. */
    public Budget(
            String id,
            String name,
            String scope,
            Optional<BigDecimal> maximumMonthly,
            Optional<BigDecimal> maximumIncrease,
            Action action) {
        this(id, name, scope, maximumMonthly, maximumIncrease, Optional.empty(), action, Optional.empty());
    }

    /** What exceeding it does. */
    public enum Action {
        WARN,
        APPROVAL,
        BLOCK;

        /** {@code warn}, {@code approval} (somebody may override) or {@code block}. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        public static Action of(String word) {
            for (Action action : values()) {
                if (action.word().equals(word)) {
                    return action;
                }
            }
            throw new IllegalArgumentException(
                    "unknown budget action \"" + word + "\": expected warn, approval or block");
        }
    }
}
