package io.terrafleet.api.usage;

import io.terrafleet.contracts.ArtifactRef;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "usage_file")
@SuppressWarnings("NullAway.Init")
class UsageFileEntity {
    @Id
    @Column(name = "owner_id")
    String ownerId;

    @Column(name = "organization_id")
    String organizationId;

    @Column(name = "project_id")
    @Nullable
    String projectId;

    @Column(name = "workspace_id")
    @Nullable
    String workspaceId;

    @Column(name = "artifact_id")
    String artifactId;

    String sha256;

    long size;

    @Column(name = "updated_by")
    String updatedBy;

    @Column(name = "updated_at")
    Instant updatedAt;

    ArtifactRef artifact() {
        return new ArtifactRef(artifactId, sha256, size);
    }
}
