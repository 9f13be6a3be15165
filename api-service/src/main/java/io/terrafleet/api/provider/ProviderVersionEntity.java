package io.terrafleet.api.provider;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "registry_provider_version")
@SuppressWarnings("NullAway.Init")
class ProviderVersionEntity {
    @Id
    String id;

    @Column(name = "provider_id")
    String providerId;

    String version;

    @Column(name = "key_id")
    String keyId;

    /** Joined by commas. */
    String protocols;

    @Column(name = "upload_key_hash")
    byte[] uploadKeyHash;

    @Column(name = "shasums_id")
    @Nullable
    String shasumsId;

    @Column(name = "shasums_sig_id")
    @Nullable
    String shasumsSigId;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;
}
