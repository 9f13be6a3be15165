package io.terrafleet.api.variable;

import io.terrafleet.contracts.WorkspaceId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "variable")
@SuppressWarnings("NullAway.Init")
class VariableEntity {
    @Id
    String id;

    @Column(name = "workspace_id")
    @Nullable
    String workspaceId;

    @Column(name = "variable_set_id")
    @Nullable
    String variableSetId;

    String category;

    @Column(name = "key")
    String key;

    byte[] sealed;

    boolean sensitive;

    boolean hcl;

    String description;

    @Column(name = "version_id")
    String versionId;

    @Column(name = "created_at")
    Instant createdAt;

    void belongsTo(VariableOwner owner) {
        switch (owner) {
            case VariableOwner.OfWorkspace(WorkspaceId workspace) -> workspaceId = workspace.value();
            case VariableOwner.OfSet(String set) -> variableSetId = set;
        }
    }

    VariableOwner owner() {
        if (variableSetId != null) {
            return new VariableOwner.OfSet(variableSetId);
        }
        if (workspaceId != null) {
            return new VariableOwner.OfWorkspace(new WorkspaceId(workspaceId));
        }
        throw new IllegalStateException("the variable " + id + " belongs to nothing");
    }

    /** What a sealed value is bound to: it cannot be moved to another row. */
    String context() {
        return "variable/" + id;
    }
}
