package io.terrafleet.api.organization;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "project")
@SuppressWarnings("NullAway.Init")
class ProjectEntity {
    @Id
    String id;

    @Column(name = "organization_id")
    String organizationId;

    String name;

    String description;

    @Column(name = "is_default")
    boolean standard;

    @Column(name = "default_execution_mode")
    @Nullable
    String defaultExecutionMode;

    @Column(name = "default_agent_pool_id")
    @Nullable
    String defaultAgentPoolId;

    @Column(name = "created_at")
    Instant createdAt;
}
