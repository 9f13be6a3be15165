package io.terrafleet.api.run;

import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Linked;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.RunId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

@ApplicationScoped
class LinkedRuns implements Linked {
    private final Runs runs;
    private final RunDocument documents;
    private final Workspaces workspaces;
    private final Grants grants;
    private final Caller caller;

    LinkedRuns(Runs runs, RunDocument documents, Workspaces workspaces, Grants grants, Caller caller) {
        this.runs = runs;
        this.documents = documents;
        this.workspaces = workspaces;
        this.grants = grants;
        this.caller = caller;
    }

    @Override
    public String type() {
        return "runs";
    }

    @Override
    public Optional<Resource> find(String id) {
        return Optional.of(id)
                .filter(text -> Ids.isOne("run", text))
                .flatMap(text -> runs.find(new RunId(text)))
                .filter(run -> workspaces
                        .place(run.workspace())
                        .filter(place -> grants.allows(caller.principal(), place, Permission.READ_RUNS))
                        .isPresent())
                .map(run -> documents.of(run, caller.principal()));
    }
}
