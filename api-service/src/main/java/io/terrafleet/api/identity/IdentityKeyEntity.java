package io.terrafleet.api.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity
@Table(name = "identity_key")
@SuppressWarnings("NullAway.Init")
class IdentityKeyEntity {
    @Id
    String id;

    @Column(name = "sealed_key")
    byte[] sealedKey;

    @Column(name = "public_jwk")
    String publicJwk;

    @Column(name = "created_at")
    Instant createdAt;

    String context() {
        return "identity-key/" + id;
    }
}
