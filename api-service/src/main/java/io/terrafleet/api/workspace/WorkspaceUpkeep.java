package io.terrafleet.api.workspace;

import io.terrafleet.api.organization.OrganizationDeletion;
import io.terrafleet.api.organization.ProjectDeletion;
import io.terrafleet.api.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Keeps organizations and projects from going while workspaces are in them: a workspace goes only when somebody names it. */
@ApplicationScoped
class WorkspaceUpkeep {
    private final WorkspaceStore store;

    WorkspaceUpkeep(WorkspaceStore store) {
        this.store = store;
    }

    void deleting(@Observes OrganizationDeletion deletion) {
        long count = store.countOfOrganization(deletion.organization().id());
        if (count > 0) {
            throw Problem.conflict("The organization still has " + count + " workspaces; delete them first.");
        }
    }

    void deleting(@Observes ProjectDeletion deletion) {
        long count = store.countOfProject(deletion.project().id());
        if (count > 0) {
            throw Problem.conflict("The project still has " + count + " workspaces; move or delete them first.");
        }
    }
}
