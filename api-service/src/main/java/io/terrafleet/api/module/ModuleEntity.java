package io.terrafleet.api.module;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity
@Table(name = "registry_module")
@SuppressWarnings("NullAway.Init")
class ModuleEntity {
    @Id
    String id;

    @Column(name = "organization_id")
    String organizationId;

    String name;
    String provider;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;
}
