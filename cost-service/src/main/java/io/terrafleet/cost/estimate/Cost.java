package io.terrafleet.cost.estimate;

import io.terrafleet.cost.resource.Component;
import java.math.BigDecimal;
import java.util.List;

/**
 * What a resource costs on one side of the plan.
 *
 * @param monthly US dollars a month of 730 hours, exact
 */
public record Cost(BigDecimal monthly, List<Component> components) {
    public static final Cost NONE = new Cost(BigDecimal.ZERO, List.of());
}
