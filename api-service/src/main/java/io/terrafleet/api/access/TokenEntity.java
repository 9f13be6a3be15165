package io.terrafleet.api.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "token")
@SuppressWarnings("NullAway.Init")
class TokenEntity {
    @Id
    String id;

    byte[] hash;

    @Column(name = "user_id")
    @Nullable
    String userId;

    @Column(name = "organization_id")
    @Nullable
    String organizationId;

    String description;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "expires_at")
    @Nullable
    Instant expiresAt;

    @Column(name = "last_used_at")
    @Nullable
    Instant lastUsedAt;
}
