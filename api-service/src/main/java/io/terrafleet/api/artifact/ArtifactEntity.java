package io.terrafleet.api.artifact;

import io.terrafleet.contracts.ArtifactRef;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is known of an artifact. Where its content lies is asked only by who opens it: {@link ArtifactStore.Content}. */
@Entity
@Table(name = "artifact")
@SuppressWarnings("NullAway.Init")
class ArtifactEntity {
    @Id
    String id;

    String sha256;

    long size;

    @Nullable
    String object;

    @Column(name = "created_at")
    Instant createdAt;

    ArtifactRef view() {
        return new ArtifactRef(id, sha256, size);
    }
}
