package io.terrafleet.api.rule;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "pull_request_rule")
@SuppressWarnings("NullAway.Init")
class PullRequestRuleEntity {
    @Id
    @Column(name = "owner_id")
    String ownerId;

    @Column(name = "organization_id")
    String organizationId;

    @Column(name = "workspace_id")
    @Nullable
    String workspaceId;

    String @Nullable [] providers;

    String @Nullable [] modules;

    @Column(name = "agent_pool_id")
    @Nullable
    String agentPoolId;

    @Nullable
    String state;

    @Nullable
    Boolean commands;

    @Column(name = "apply_when")
    @Nullable
    String applyWhen;

    @Column(name = "updated_at")
    Instant updatedAt;
}
