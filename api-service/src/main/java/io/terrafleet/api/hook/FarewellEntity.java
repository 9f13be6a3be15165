package io.terrafleet.api.hook;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A webhook at a host that nobody waits for any more. */
@Entity(name = "WebhookFarewellEntity")
@Table(name = "webhook_farewell")
@SuppressWarnings("NullAway.Init")
class FarewellEntity {
    @Id
    String id;

    String repository;

    /** What the host calls it. */
    @Column(name = "host_id")
    String hostId;

    @Column(name = "service_provider")
    String serviceProvider;

    @Column(name = "http_url")
    String httpUrl;

    @Column(name = "api_url")
    String apiUrl;

    @Column(name = "app_id")
    @Nullable
    String appId;

    @Column(name = "app_installation_id")
    @Nullable
    String appInstallationId;

    @Column(name = "sealed_token")
    byte[] sealedToken;

    int tries;

    @Column(name = "due_at")
    Instant dueAt;

    @Column(name = "created_at")
    Instant createdAt;

    String context() {
        return "webhook-farewell/" + id;
    }
}
