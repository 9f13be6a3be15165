package io.terrafleet.api.workspace;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "workspace_tag")
@IdClass(WorkspaceTagEntity.Key.class)
@SuppressWarnings("NullAway.Init")
class WorkspaceTagEntity {
    @Id
    @Column(name = "workspace_id")
    String workspaceId;

    @Id
    @Column(name = "key")
    String key;

    @Column(name = "value")
    String value;

    /** Set by the database: that of its workspace. */
    @Column(name = "organization_id", insertable = false, updatable = false)
    @Nullable
    String organizationId;

    /** Set by the database: that of its workspace. */
    @Column(name = "workspace_name", insertable = false, updatable = false)
    @Nullable
    String workspaceName;

    record Key(String workspaceId, String key) implements Serializable {}
}
