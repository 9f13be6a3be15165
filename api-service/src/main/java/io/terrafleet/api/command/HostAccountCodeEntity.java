package io.terrafleet.api.command;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A code that a user has been told and nobody has shown yet. */
@Entity
@Table(name = "host_account_code")
@SuppressWarnings("NullAway.Init")
class HostAccountCodeEntity {
    @Id
    @Column(name = "code_sha256")
    String codeSha256;

    @Column(name = "client_id")
    String clientId;

    @Column(name = "user_id")
    String userId;

    /** Of the account that may show it. */
    @Column(name = "login")
    String login;

    @Column(name = "expires_at")
    Instant expiresAt;
}
