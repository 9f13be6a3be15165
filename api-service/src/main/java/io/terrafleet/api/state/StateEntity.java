package io.terrafleet.api.state;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Generated;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "state_version")
@SuppressWarnings("NullAway.Init")
class StateEntity {
    @Id
    String id;

    @Column(name = "workspace_id")
    String workspaceId;

    @Generated
    @Column(insertable = false, updatable = false)
    Long sequence;

    String status;
    long serial;
    String lineage;
    String md5;
    boolean forced;

    @Column(name = "run_id")
    @Nullable
    String runId;

    @Column(name = "rollback_of")
    @Nullable
    String rollbackOf;

    @Column(name = "upload_key_hash")
    byte @Nullable [] uploadKeyHash;

    @Column(name = "upload_expires_at")
    @Nullable
    Instant uploadExpiresAt;

    @Column(name = "artifact_id")
    @Nullable
    String artifactId;

    @Column(name = "artifact_sha256")
    @Nullable
    String artifactSha256;

    @Column(name = "artifact_size")
    @Nullable
    Long artifactSize;

    @Column(name = "json_artifact_id")
    @Nullable
    String jsonArtifactId;

    @Column(name = "terraform_version")
    @Nullable
    String terraformVersion;

    @Nullable
    Integer format;

    @Column(name = "managed_resources")
    int managedResources;

    @Nullable
    String summary;

    @Column(name = "created_by_id")
    @Nullable
    String createdById;

    @Column(name = "soft_deleted_at")
    @Nullable
    Instant softDeletedAt;

    @Column(name = "created_at")
    Instant createdAt;
}
