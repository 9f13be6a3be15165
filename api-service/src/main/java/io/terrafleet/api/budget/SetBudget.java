package io.terrafleet.api.budget;

import io.terrafleet.contracts.event.Budget;
import java.time.Instant;

/**
 * A budget, where it was set, and who may approve what exceeds it.
 *
 * @param budget as the cost-service judges by it; its id is {@code budget-} and 16 letters or digits
 */
public record SetBudget(
        String organizationId, Scope scope, Budget budget, Approvers approvers, Instant createdAt, Instant updatedAt) {
    public String id() {
        return budget.id();
    }
}
