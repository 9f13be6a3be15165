package io.terrafleet.api.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity
@Table(name = "audit_configuration")
@SuppressWarnings("NullAway.Init")
class AuditConfigurationEntity {
    @Id
    @Column(name = "organization_id")
    String organizationId;

    boolean readable;

    @Column(name = "changed_at")
    Instant changedAt;
}
