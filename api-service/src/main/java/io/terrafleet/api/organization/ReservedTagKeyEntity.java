package io.terrafleet.api.organization;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity
@Table(name = "reserved_tag_key")
@SuppressWarnings("NullAway.Init")
class ReservedTagKeyEntity {
    @Id
    String id;

    @Column(name = "organization_id")
    String organizationId;

    @Column(name = "key")
    String key;

    @Column(name = "disable_overrides")
    boolean disableOverrides;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;
}
