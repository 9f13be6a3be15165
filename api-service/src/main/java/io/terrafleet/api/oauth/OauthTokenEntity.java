package io.terrafleet.api.oauth;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "oauth_token")
@SuppressWarnings("NullAway.Init")
class OauthTokenEntity {
    @Id
    String id;

    @Column(name = "client_id")
    String clientId;

    @Column(name = "service_provider_user")
    String serviceProviderUser;

    @Column(name = "sealed_token")
    byte[] sealedToken;

    @Column(name = "sealed_ssh_key")
    byte @Nullable [] sealedSshKey;

    @Column(name = "created_at")
    Instant createdAt;

    String context() {
        return "oauth-token/" + id;
    }

    String sshContext() {
        return "oauth-token-ssh-key/" + id;
    }
}
