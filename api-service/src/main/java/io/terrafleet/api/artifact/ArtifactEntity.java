package io.terrafleet.api.artifact;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity
@Table(name = "artifact")
@SuppressWarnings("NullAway.Init")
class ArtifactEntity {
    @Id
    String id;

    String sha256;

    long size;

    @Column(name = "sealed_key")
    byte[] sealedKey;

    @Column(name = "created_at")
    Instant createdAt;
}
