package io.terrafleet.api.workspace;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "workspace")
@SuppressWarnings("NullAway.Init")
class WorkspaceEntity {
    @Id
    String id;

    @Column(name = "organization_id")
    String organizationId;

    @Column(name = "project_id")
    String projectId;

    String name;

    String description;

    @Column(name = "auto_apply")
    boolean autoApply;

    @Column(name = "execution_mode")
    String executionMode;

    /** False: as its project, or its organization, says. */
    @Column(name = "own_execution_mode")
    boolean ownExecutionMode = true;

    @Column(name = "agent_pool_id")
    @Nullable
    String agentPoolId;

    String engine;

    @Column(name = "terraform_version")
    String terraformVersion;

    @Column(name = "working_directory")
    String workingDirectory;

    @Column(name = "allow_destroy_plan")
    boolean allowDestroyPlan;

    @Column(name = "queue_all_runs")
    boolean queueAllRuns;

    @Column(name = "structured_run_output")
    boolean structuredRunOutput;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    @Column(name = "resource_count")
    int resourceCount;

    @Column(name = "changed_at")
    Instant changedAt;

    @Column(name = "lock_holder")
    @Nullable
    String lockHolder;

    @Column(name = "lock_holder_id")
    @Nullable
    String lockHolderId;

    @Column(name = "lock_holder_name")
    @Nullable
    String lockHolderName;

    @Column(name = "lock_reason")
    @Nullable
    String lockReason;

    @Column(name = "locked_since")
    @Nullable
    Instant lockedSince;

    @Column(name = "current_run_id")
    @Nullable
    String currentRunId;

    @Column(name = "current_run_status")
    @Nullable
    String currentRunStatus;

    @Column(name = "current_run_since")
    @Nullable
    Instant currentRunSince;

    @Column(name = "auto_apply_run_trigger")
    boolean autoApplyRunTrigger;

    @Column(name = "speculative_enabled")
    boolean speculativeEnabled = true;

    @Column(name = "file_triggers_enabled")
    boolean fileTriggersEnabled = true;

    @Column(name = "trigger_prefixes")
    String[] triggerPrefixes = {};

    @Column(name = "trigger_patterns")
    String[] triggerPatterns = {};

    @Column(name = "source_name")
    String sourceName = "";

    @Column(name = "source_url")
    String sourceUrl = "";

    @Column(name = "global_remote_state")
    boolean globalRemoteState;

    @Column(name = "project_remote_state")
    boolean projectRemoteState;

    @Column(name = "auto_destroy_at")
    @Nullable
    Instant autoDestroyAt;

    @Column(name = "auto_destroy_activity_duration")
    String autoDestroyActivityDuration = "";

    @Column(name = "auto_destroy_status")
    String autoDestroyStatus = "";

    @Column(name = "ssh_key_id")
    @Nullable
    String sshKeyId;

    @Column(name = "vcs_identifier")
    @Nullable
    String vcsIdentifier;

    @Column(name = "vcs_branch")
    String vcsBranch = "";

    @Column(name = "vcs_oauth_token_id")
    @Nullable
    String vcsOauthTokenId;

    @Column(name = "vcs_oauth_client_id")
    @Nullable
    String vcsClientId;

    @Column(name = "vcs_submodules")
    boolean vcsSubmodules;

    @Column(name = "vcs_tags_regex")
    String vcsTagsRegex = "";

    @Column(name = "vcs_provider")
    String vcsProvider = "";

    @Column(name = "vcs_web_url")
    String vcsWebUrl = "";

    /** Nothing was taken from its repository yet. */
    @Column(name = "vcs_awaited")
    boolean vcsAwaited;

    void leaveRepository() {
        vcsIdentifier = null;
        vcsBranch = "";
        vcsOauthTokenId = null;
        vcsClientId = null;
        vcsSubmodules = false;
        vcsTagsRegex = "";
        vcsProvider = "";
        vcsWebUrl = "";
        vcsAwaited = false;
    }

    void take(Lock lock) {
        lockHolder = lock.holder().word();
        lockHolderId = lock.holderId();
        lockHolderName = lock.holderName();
        lockReason = lock.reason();
        lockedSince = lock.since();
    }

    void letGo() {
        lockHolder = null;
        lockHolderId = null;
        lockHolderName = null;
        lockReason = null;
        lockedSince = null;
    }
}
