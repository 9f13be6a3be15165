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

    /** HMAC of the secret's SHA-256. */
    byte[] hash;

    /** False for a plain SHA-256 of before; it is made over at the next start. */
    boolean keyed;

    /** A word of {@link Principal.Kind}. */
    String kind;

    @Column(name = "user_id")
    @Nullable
    String userId;

    @Column(name = "organization_id")
    @Nullable
    String organizationId;

    @Column(name = "team_id")
    @Nullable
    String teamId;

    /** What an agent's token is good for: its pool. */
    @Column(name = "subject_id")
    @Nullable
    String subjectId;

    /** The team's one token of the older addresses, which know no more than one. */
    boolean legacy;

    @Column(name = "created_by")
    @Nullable
    String createdBy;

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
