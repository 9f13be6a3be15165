package io.terrafleet.policy.evaluation;

import io.terrafleet.contracts.event.RunEvent.PlanPriced;
import io.terrafleet.rego.value.NullValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.Value;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a plan costs, as policies see it: {@code input.cost} with the numbers {@code prior_monthly_cost}, {@code proposed_monthly_cost} and
 * {@code delta_monthly_cost} in US dollars a month, named as Sentinel names them; or null, and then {@code input.cost_reason} says why.
 *
 * @param unknown why the cost is not known; empty when it is
 */
public record Cost(Value document, Optional<String> unknown) {
    public static Cost of(PlanPriced priced) {
        if (priced.proposedMonthly().isEmpty()) {
            return unknown("the plan has no cost estimate: "
                    + priced.unpricedReason().orElse("the cost-service gave no reason"));
        }
        Map<Value, Value> amounts = new HashMap<>();
        amounts.put(Value.of("prior_monthly_cost"), number(priced.priorMonthly()));
        amounts.put(Value.of("proposed_monthly_cost"), number(priced.proposedMonthly()));
        amounts.put(Value.of("delta_monthly_cost"), number(priced.deltaMonthly()));
        amounts.put(Value.of("currency"), Value.of("USD"));
        return new Cost(ObjectValue.of(amounts), Optional.empty());
    }

    public static Cost unknown(String reason) {
        return new Cost(NullValue.NULL, Optional.of(reason));
    }

    private static Value number(Optional<BigDecimal> amount) {
        return Value.fromJson(amount.orElse(BigDecimal.ZERO).toPlainString());
    }
}
