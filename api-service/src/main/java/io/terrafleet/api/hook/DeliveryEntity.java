package io.terrafleet.api.hook;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Generated;
import org.jspecify.annotations.Nullable;

@Entity(name = "WebhookDeliveryEntity")
@Table(name = "webhook_delivery")
@SuppressWarnings("NullAway.Init")
class DeliveryEntity {
    static final String RECEIVED = "received";
    static final String PROCESSED = "processed";
    static final String REFUSED = "refused";
    static final String FAILED = "failed";

    @Id
    String id;

    /** The order in which they came. */
    @Generated
    @Column(insertable = false, updatable = false)
    long number;

    @Column(name = "webhook_id")
    String webhookId;

    /** What tells it from others, as its host says. */
    String delivery;

    String event;
    String repository = "";

    @Column(name = "body_sha256")
    String bodySha256;

    @Column(name = "sealed_body")
    byte @Nullable [] sealedBody;

    int size;
    String state;
    String note = "";

    @Column(name = "received_at")
    Instant receivedAt;

    @Column(name = "processed_at")
    @Nullable
    Instant processedAt;

    String context() {
        return "webhook-delivery/" + id;
    }
}
