package io.terrafleet.api.run;

import io.quarkus.arc.All;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Linked;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.workspace.Workspaces;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** A run's apply, as {@code include=apply} of the run brings it. */
@ApplicationScoped
class LinkedApplies implements Linked {
    private final Runs runs;
    private final List<RunInclude> includes;
    private final Workspaces workspaces;
    private final Grants grants;
    private final Caller caller;

    LinkedApplies(Runs runs, @All List<RunInclude> includes, Workspaces workspaces, Grants grants, Caller caller) {
        this.runs = runs;
        this.includes = includes;
        this.workspaces = workspaces;
        this.grants = grants;
        this.caller = caller;
    }

    @Override
    public String type() {
        return "applies";
    }

    @Override
    public Optional<Resource> find(String id) {
        return Run.ofSibling("apply", id)
                .flatMap(runs::find)
                .filter(run -> workspaces
                        .place(run.workspace())
                        .filter(place -> grants.allows(caller.principal(), place, Permission.READ_RUNS))
                        .isPresent())
                .flatMap(run -> includes.stream()
                        .filter(part -> part.name().equals("apply"))
                        .flatMap(part -> part.of(run).stream())
                        .findFirst());
    }
}
