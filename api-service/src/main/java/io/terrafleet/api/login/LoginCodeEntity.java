package io.terrafleet.api.login;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity
@Table(name = "login_code")
@SuppressWarnings("NullAway.Init")
class LoginCodeEntity {
    @Id
    byte[] hash;

    @Column(name = "user_id")
    String userId;

    String challenge;

    @Column(name = "redirect_uri")
    String redirectUri;

    @Column(name = "expires_at")
    Instant expiresAt;
}
