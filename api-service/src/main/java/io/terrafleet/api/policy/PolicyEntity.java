package io.terrafleet.api.policy;

import jakarta.persistence.Basic;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The text itself is reached by {@link PolicyStore#rego} only: it may be large, and most readers do not need it. */
@Entity
@Table(name = "policy")
@SuppressWarnings("NullAway.Init")
class PolicyEntity {
    @Id
    String id;

    @Column(name = "organization_id")
    String organizationId;

    String name;
    String description;
    String query;
    String enforcement;
    boolean library;

    @Basic
    @Column(name = "rego_sha256", insertable = false, updatable = false)
    @Nullable
    String regoSha256;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "uploaded_at", insertable = false, updatable = false)
    @Nullable
    Instant uploadedAt;
}
