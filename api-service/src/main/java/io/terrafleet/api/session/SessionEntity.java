package io.terrafleet.api.session;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity
@Table(name = "session")
@SuppressWarnings("NullAway.Init")
class SessionEntity {
    @Id
    byte[] hash;

    @Column(name = "token_id")
    String tokenId;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "expires_at")
    Instant expiresAt;
}
