package io.terrafleet.api.provider;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "registry_provider_platform")
@SuppressWarnings("NullAway.Init")
class ProviderPlatformEntity {
    @Id
    String id;

    @Column(name = "version_id")
    String versionId;

    String os;
    String arch;
    String filename;
    String shasum;

    @Column(name = "upload_key_hash")
    byte[] uploadKeyHash;

    @Column(name = "binary_id")
    @Nullable
    String binaryId;
}
