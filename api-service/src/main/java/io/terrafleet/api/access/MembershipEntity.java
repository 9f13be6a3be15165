package io.terrafleet.api.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;

@Entity
@Table(name = "membership")
@IdClass(MembershipEntity.Key.class)
@SuppressWarnings("NullAway.Init")
class MembershipEntity {
    @Id
    @Column(name = "organization_id")
    String organizationId;

    @Id
    @Column(name = "user_id")
    String userId;

    String id;

    @Column(name = "created_at")
    Instant createdAt;

    record Key(String organizationId, String userId) implements Serializable {}
}
