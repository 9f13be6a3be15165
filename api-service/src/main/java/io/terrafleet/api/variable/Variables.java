package io.terrafleet.api.variable;

@jakarta.enterprise.context.ApplicationScoped
public class Variables {
    public java.util.List<io.terrafleet.contracts.runner.Claim.Variable> forRun(
            io.terrafleet.contracts.WorkspaceId id) {
        return java.util.List.of();
    }
}
