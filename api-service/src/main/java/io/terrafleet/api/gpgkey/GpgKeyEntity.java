package io.terrafleet.api.gpgkey;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity
@Table(name = "gpg_key")
@SuppressWarnings("NullAway.Init")
class GpgKeyEntity {
    @Id
    String id;

    @Column(name = "organization_id")
    String organizationId;

    @Column(name = "key_id")
    String keyId;

    @Column(name = "ascii_armor")
    String asciiArmor;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;
}
