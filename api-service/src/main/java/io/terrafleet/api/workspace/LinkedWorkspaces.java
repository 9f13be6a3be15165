package io.terrafleet.api.workspace;

import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Linked;
import io.terrafleet.api.document.Resource;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.WorkspaceId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

@ApplicationScoped
class LinkedWorkspaces implements Linked {
    private final Workspaces workspaces;
    private final WorkspaceAnswers answers;
    private final Grants grants;
    private final Caller caller;

    LinkedWorkspaces(Workspaces workspaces, WorkspaceAnswers answers, Grants grants, Caller caller) {
        this.workspaces = workspaces;
        this.answers = answers;
        this.grants = grants;
        this.caller = caller;
    }

    @Override
    public String type() {
        return "workspaces";
    }

    @Override
    public Optional<Resource> find(String id) {
        return Optional.of(id)
                .filter(text -> Ids.isOne("ws", text))
                .flatMap(text -> workspaces.find(new WorkspaceId(text)))
                .filter(workspace -> grants.allows(caller.principal(), workspace.place(), Permission.READ))
                .map(answers::view);
    }
}
