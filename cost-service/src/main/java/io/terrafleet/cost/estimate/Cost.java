package io.terrafleet.cost.estimate;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.terrafleet.cost.resource.Component;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/**
 * What a resource costs on one side of the plan.
 *
 * @param monthly a month of 730 hours, exact
 * @param currencies of its lines; one at most
 */
public record Cost(BigDecimal monthly, List<Component> components, @JsonIgnore Set<String> currencies) {
    public static final Cost NONE = new Cost(BigDecimal.ZERO, List.of(), Set.of());
}
