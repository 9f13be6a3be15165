package io.terrafleet.api.workspace;

import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.contracts.WorkspaceId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.Optional;

/** Carries out a request that is about settings and tags at once: both, or neither. */
@ApplicationScoped
class WorkspaceWishes {
    private final Workspaces workspaces;
    private final WorkspaceTags tags;

    WorkspaceWishes(Workspaces workspaces, WorkspaceTags tags) {
        this.workspaces = workspaces;
        this.tags = tags;
    }

    @Transactional
    Workspace create(String organizationId, RequestDocument document) {
        Workspace workspace = workspaces.create(organizationId, WorkspaceRequest.settings(document));
        return tagged(workspace, document);
    }

    @Transactional
    Workspace change(WorkspaceId id, RequestDocument document) {
        return tagged(workspaces.change(id, WorkspaceRequest.settings(document)), document);
    }

    private Workspace tagged(Workspace workspace, RequestDocument document) {
        Optional<Map<String, String>> wanted = WorkspaceRequest.tags(document);
        return wanted.map(bindings -> tags.replace(workspace.id(), bindings)).orElse(workspace);
    }
}
