package io.terrafleet.api.hook;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity
@Table(name = "webhook")
@SuppressWarnings("NullAway.Init")
class WebhookEntity {
    @Id
    String id;

    @Column(name = "client_id")
    String clientId;

    /** Absent for the one address of the whole connection, which a person enters at the host. */
    @Column(name = "repository_id")
    @org.jspecify.annotations.Nullable
    String repositoryId;

    @Column(name = "sealed_secret")
    byte[] sealedSecret;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "rotated_at")
    Instant rotatedAt;

    String context() {
        return context(id);
    }

    static String context(String id) {
        return "webhook/" + id;
    }
}
