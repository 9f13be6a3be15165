package io.terrafleet.api.retention;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "data_retention_policy")
@SuppressWarnings("NullAway.Init")
class RetentionEntity {
    @Id
    String id;

    @Column(name = "organization_id")
    String organizationId;

    @Column(name = "workspace_id")
    @Nullable
    String workspaceId;

    @Nullable
    Integer days;
}
