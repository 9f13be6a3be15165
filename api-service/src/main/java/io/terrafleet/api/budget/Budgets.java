package io.terrafleet.api.budget;

@jakarta.enterprise.context.ApplicationScoped
public class Budgets {
    public java.util.List<io.terrafleet.contracts.event.Budget> applicableTo(io.terrafleet.api.workspace.Workspace w) {
        return java.util.List.of();
    }
}
