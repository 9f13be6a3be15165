package io.terrafleet.api.organization;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity
@Table(name = "organization")
@SuppressWarnings("NullAway.Init")
class OrganizationEntity {
    @Id
    String id;

    String name;

    String email;

    @Column(name = "default_execution_mode")
    String defaultExecutionMode;

    @Column(name = "allow_force_delete_workspaces")
    boolean allowForceDeleteWorkspaces;

    @Column(name = "created_at")
    Instant createdAt;
}
