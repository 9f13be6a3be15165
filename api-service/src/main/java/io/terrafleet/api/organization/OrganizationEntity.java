package io.terrafleet.api.organization;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

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

    @Column(name = "session_timeout")
    @Nullable
    Integer sessionTimeout;

    @Column(name = "session_remember")
    @Nullable
    Integer sessionRemember;

    @Column(name = "passing_statuses_for_untriggered_plans")
    boolean passingStatuses;

    @Column(name = "aggregated_commit_status")
    boolean aggregatedCommitStatus;

    @Column(name = "speculative_plan_management")
    boolean speculativePlanManagement;

    @Column(name = "owners_team_saml_role_id")
    String ownersTeamSamlRoleId = "";

    @Column(name = "default_agent_pool_id")
    @Nullable
    String defaultAgentPoolId;

    boolean disabled;

    @Column(name = "workspace_limit")
    @Nullable
    Integer workspaceLimit;

    @Column(name = "run_limit")
    @Nullable
    Integer runLimit;

    @Column(name = "global_module_sharing")
    boolean sharesModules;

    @Column(name = "global_provider_sharing")
    boolean sharesProviders;

    @Column(name = "access_beta_tools")
    boolean betaTools;

    @Column(name = "plan_timeout_seconds")
    @Nullable
    Long planTimeoutSeconds;

    @Column(name = "apply_timeout_seconds")
    @Nullable
    Long applyTimeoutSeconds;

    @Column(name = "created_at")
    Instant createdAt;
}
