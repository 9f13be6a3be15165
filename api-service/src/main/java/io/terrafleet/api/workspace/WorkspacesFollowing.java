package io.terrafleet.api.workspace;

import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Visibility;
import io.terrafleet.api.oauth.FollowingWorkspaces;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Says which workspaces take their configuration over a connection. */
@ApplicationScoped
class WorkspacesFollowing {
    private final WorkspaceStore store;
    private final Grants grants;

    WorkspacesFollowing(WorkspaceStore store, Grants grants) {
        this.store = store;
        this.grants = grants;
    }

    void asked(@Observes FollowingWorkspaces question) {
        Visibility visible = grants.visibleWorkspaces(question.who(), question.organizationId());
        question.names().addAll(store.namesOver(question.clientId(), visible, FollowingWorkspaces.MOST));
        question.count().addAndGet(store.countOver(question.clientId(), visible));
    }
}
