package io.terrafleet.api.module;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "registry_module_version")
@SuppressWarnings("NullAway.Init")
class ModuleVersionEntity {
    @Id
    String id;

    @Column(name = "module_id")
    String moduleId;

    String version;

    @Column(name = "commit_sha")
    @Nullable
    String commitSha;

    String status;

    @Nullable
    String error;

    @Column(name = "upload_key_hash")
    byte[] uploadKeyHash;

    @Column(name = "artifact_id")
    @Nullable
    String artifactId;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;
}
