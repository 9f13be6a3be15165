package io.terrafleet.api.workspace;

import io.terrafleet.api.document.Relation;
import io.terrafleet.api.document.Resource;
import io.terrafleet.contracts.WorkspaceId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** A workspace's own tags and those of its project. */
@ApplicationScoped
class EffectiveTagsRelation implements Relation {
    private final Workspaces workspaces;
    private final WorkspaceTags tags;

    EffectiveTagsRelation(Workspaces workspaces, WorkspaceTags tags) {
        this.workspaces = workspaces;
        this.tags = tags;
    }

    @Override
    public String type() {
        return "workspaces";
    }

    @Override
    public String name() {
        return "effective-tag-bindings";
    }

    @Override
    public List<Resource> of(String id) {
        return workspaces.find(new WorkspaceId(id)).stream()
                .flatMap(workspace -> TagView.effective(workspace, tags.effective(workspace)).stream())
                .toList();
    }
}
