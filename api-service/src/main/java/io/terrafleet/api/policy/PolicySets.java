package io.terrafleet.api.policy;

@jakarta.enterprise.context.ApplicationScoped
public class PolicySets {
    public java.util.List<io.terrafleet.contracts.event.PolicySetRef> applicableTo(
            io.terrafleet.api.workspace.Workspace w) {
        return java.util.List.of();
    }
}
