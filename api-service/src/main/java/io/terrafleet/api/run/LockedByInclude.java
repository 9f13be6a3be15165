package io.terrafleet.api.run;

import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.UserView;
import io.terrafleet.api.access.Users;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.workspace.Lock;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.contracts.RunId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Who holds a workspace: a run, a user, a team, or the organization's token. */
@ApplicationScoped
class LockedByInclude implements io.terrafleet.api.workspace.WorkspaceInclude {
    private final Runs runs;
    private final RunDocument documents;
    private final Users users;
    private final Caller caller;

    LockedByInclude(Runs runs, RunDocument documents, Users users, Caller caller) {
        this.runs = runs;
        this.documents = documents;
        this.users = users;
        this.caller = caller;
    }

    @Override
    public String name() {
        return "locked_by";
    }

    @Override
    public String relationship() {
        return "locked-by";
    }

    @Override
    public Permission needed() {
        return Permission.READ_RUNS;
    }

    @Override
    public List<Resource> of(Workspace workspace) {
        return workspace.lock().map(lock -> holder(workspace, lock)).orElse(List.of());
    }

    private List<Resource> holder(Workspace workspace, Lock lock) {
        return switch (lock.holder()) {
            case RUN ->
                runs.find(new RunId(lock.holderId())).map(run -> documents.of(run, caller.principal())).stream()
                        .toList();
            case USER ->
                users.find(lock.holderId()).map(user -> UserView.of(user, caller.principal())).stream()
                        .toList();
            case TEAM -> List.of(Resource.of("teams", lock.holderId()).with("name", lock.holderName()));
            case ORGANIZATION ->
                List.of(Resource.of("organizations", workspace.organizationName())
                        .with("name", workspace.organizationName()));
        };
    }
}
