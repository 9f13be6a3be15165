package io.terrafleet.api.task;

import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Linked;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.workspace.Workspaces;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

@ApplicationScoped
class LinkedWorkspaceTasks implements Linked {
    private final WorkspaceTasks tasks;
    private final Workspaces workspaces;
    private final Grants grants;
    private final Caller caller;

    LinkedWorkspaceTasks(WorkspaceTasks tasks, Workspaces workspaces, Grants grants, Caller caller) {
        this.tasks = tasks;
        this.workspaces = workspaces;
        this.grants = grants;
        this.caller = caller;
    }

    @Override
    public String type() {
        return "workspace-tasks";
    }

    @Override
    public Optional<Resource> find(String id) {
        return tasks.find(id)
                .filter(task -> workspaces
                        .place(task.workspace())
                        .filter(place -> grants.allows(caller.principal(), place, Permission.READ))
                        .isPresent())
                .map(WorkspaceTaskResource::view);
    }
}
