package io.terrafleet.api.configuration;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "configuration_version")
@SuppressWarnings("NullAway.Init")
class ConfigurationEntity {
    @Id
    String id;

    @Column(name = "workspace_id")
    String workspaceId;

    String status;
    boolean speculative;
    boolean provisional;

    @Column(name = "auto_queue_runs")
    boolean autoQueueRuns;

    String source;

    @Column(name = "error_message")
    @Nullable
    String errorMessage;

    @Column(name = "upload_key_hash")
    byte[] uploadKeyHash;

    @Column(name = "upload_expires_at")
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

    @Column(name = "created_by_id")
    String createdById;

    @Column(name = "created_by_name")
    String createdByName;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "uploaded_at")
    @Nullable
    Instant uploadedAt;

    @Column(name = "errored_at")
    @Nullable
    Instant erroredAt;

    @Column(name = "soft_deleted_at")
    @Nullable
    Instant softDeletedAt;

    @Column(name = "commit_sha")
    @Nullable
    String commitSha;

    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    String ingress;

    @Column(name = "archive_key")
    @Nullable
    String archiveKey;

    @Column(name = "archived_at")
    @Nullable
    Instant archivedAt;
}
