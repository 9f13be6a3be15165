package io.terrafleet.api.run;

import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.state.StateInclude;
import io.terrafleet.api.state.StateVersion;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** The run that left a state, who made that run and of what, and who made a state without a run. */
@ApplicationScoped
class StateIncludes implements StateInclude {
    private final Runs runs;
    private final RunDocument documents;
    private final CreatedByInclude creators;
    private final ConfigurationInclude configurations;
    private final Workspaces workspaces;
    private final Grants grants;
    private final Caller caller;

    StateIncludes(
            Runs runs,
            RunDocument documents,
            CreatedByInclude creators,
            ConfigurationInclude configurations,
            Workspaces workspaces,
            Grants grants,
            Caller caller) {
        this.runs = runs;
        this.documents = documents;
        this.creators = creators;
        this.configurations = configurations;
        this.workspaces = workspaces;
        this.grants = grants;
        this.caller = caller;
    }

    @Override
    public List<Resource> of(StateVersion state, String name) {
        return switch (name) {
            case "run" ->
                run(state).map(run -> documents.of(run, caller.principal())).stream()
                        .toList();
            case "run.created_by" -> run(state).map(creators::of).orElse(List.of());
            case "run.configuration_version" ->
                run(state).map(configurations::of).orElse(List.of());
            case "created_by" -> state.createdById().map(creators::of).orElse(List.of());
            default -> List.of();
        };
    }

    /** For who may see it: a state is shared with more people than the runs are. */
    private Optional<Run> run(StateVersion state) {
        Optional<Workspace> workspace = workspaces.find(state.workspace());
        boolean may = workspace.isPresent()
                && grants.allows(caller.principal(), workspace.get().place(), Permission.READ_RUNS);
        return may ? state.run().flatMap(runs::find) : Optional.empty();
    }
}
