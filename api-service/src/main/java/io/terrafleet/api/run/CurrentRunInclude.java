package io.terrafleet.api.run;

import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.WorkspaceInclude;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The run that holds the workspace, or held it last. */
@ApplicationScoped
class CurrentRunInclude implements WorkspaceInclude {
    private final Runs runs;
    private final RunDocument documents;
    private final Caller caller;

    CurrentRunInclude(Runs runs, RunDocument documents, Caller caller) {
        this.runs = runs;
        this.documents = documents;
        this.caller = caller;
    }

    @Override
    public String name() {
        return "current_run";
    }

    @Override
    public String relationship() {
        return "current-run";
    }

    @Override
    public Permission needed() {
        return Permission.READ_RUNS;
    }

    @Override
    public List<Resource> of(Workspace workspace) {
        return workspace.currentRun().flatMap(runs::find).map(run -> documents.of(run, caller.principal())).stream()
                .toList();
    }
}
