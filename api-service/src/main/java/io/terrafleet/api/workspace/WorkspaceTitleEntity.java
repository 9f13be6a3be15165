package io.terrafleet.api.workspace;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.Synchronize;

/** What a workspace is found by and what seldom changes. The database keeps it as workspaces are written. */
@Entity
@Immutable
@Synchronize("workspace")
@Table(name = "workspace_title")
@SuppressWarnings("NullAway.Init")
class WorkspaceTitleEntity {
    @Id
    String id;

    @Column(name = "organization_id")
    String organizationId;

    @Column(name = "project_id")
    String projectId;

    String name;

    /** The name in lower case. */
    String part;
}
