package io.terrafleet.api.hook;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.document.PublicUrl;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.secret.Secrets;
import io.terrafleet.api.vcs.VcsConfig;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.event.VcsEvent;
import io.terrafleet.messaging.Messaging;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The door to webhooks: their addresses and secrets, and what came in by them. {@link Intake} is where it comes in. */
@ApplicationScoped
public class Webhooks {
    private static final int SECRET_BYTES = 32;
    /** So long nothing waits that the broker has, even where much has come at once. */
    private static final Duration UNREAD = Duration.ofMinutes(10);

    private final HookStore store;
    private final Secrets secrets;
    private final Messaging messaging;
    private final PublicUrl publicUrl;
    private final VcsConfig config;
    private final InstantSource clock;
    private final RandomGenerator random;

    Webhooks(
            HookStore store,
            Secrets secrets,
            @Identifier("api") Messaging messaging,
            PublicUrl publicUrl,
            VcsConfig config,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.secrets = secrets;
        this.messaging = messaging;
        this.publicUrl = publicUrl;
        this.config = config;
        this.clock = clock;
        this.random = random;
    }

    /** @param secret told once, when it was made */
    record Webhook(String id, String url, Optional<String> secret, Instant createdAt, Instant rotatedAt) {}

    @Transactional
    Optional<Webhook> of(String clientId) {
        return store.webhookOf(clientId).map(row -> view(row, Optional.empty()));
    }

    /** Makes the connection's webhook, or a new secret for it; the old one is good no longer. */
    @Transactional
    Webhook rotate(String clientId) {
        String secret = fresh();
        Optional<WebhookEntity> known = store.webhookOf(clientId);
        WebhookEntity row = known.orElseGet(() -> row(clientId));
        seal(row, secret);
        if (known.isEmpty()) {
            store.add(row);
        }
        store.flush();
        return view(row, Optional.of(secret));
    }

    /** An address for one repository, for the platform to enter it at the host. */
    record Own(String url, String secret) {
        @Override
        public String toString() {
            return url;
        }
    }

    @Transactional
    Own own(String clientId, String repositoryId) {
        WebhookEntity row = store.webhookOfRepository(repositoryId).orElseGet(() -> {
            WebhookEntity made = row(clientId);
            made.repositoryId = repositoryId;
            seal(made, fresh());
            store.add(made);
            return made;
        });
        return new Own(address(row), secrets.unsealText(row.sealedSecret, row.context()));
    }

    private WebhookEntity row(String clientId) {
        WebhookEntity row = new WebhookEntity();
        row.id = Ids.make("wh", random);
        row.clientId = clientId;
        row.createdAt = clock.instant();
        return row;
    }

    private void seal(WebhookEntity row, String secret) {
        row.sealedSecret = secrets.seal(secret, row.context());
        row.rotatedAt = clock.instant();
    }

    private String fresh() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private String address(WebhookEntity row) {
        return publicUrl.of("/webhooks/vcs/" + row.id);
    }

    private Webhook view(WebhookEntity row, Optional<String> secret) {
        return new Webhook(row.id, address(row), secret, row.createdAt, row.rotatedAt);
    }

    /**
     * A delivery that waits to be read.
     *
     * @param repositoryId the only one that it may speak of; absent where it may speak of all of the connection
     */
    record Waiting(String clientId, Optional<String> repositoryId, String event, JsonNode body) {}

    @Transactional
    Optional<Waiting> waiting(String id, boolean replayed) {
        return store.delivery(id)
                .filter(row -> row.sealedBody != null)
                .filter(row -> replayed || row.state.equals(DeliveryEntity.RECEIVED))
                .flatMap(row -> store.webhook(row.webhookId)
                        .map(webhook -> new Waiting(
                                webhook.clientId,
                                Optional.ofNullable(webhook.repositoryId),
                                row.event,
                                json(body(row)).orElseThrow())));
    }

    private byte[] body(DeliveryEntity row) {
        return secrets.unseal(java.util.Objects.requireNonNull(row.sealedBody), row.context());
    }

    @Transactional
    void read(String id, String state, String note) {
        store.deliveryForUpdate(id).ifPresent(row -> {
            row.state = state;
            row.note = note.length() > 2_000 ? note.substring(0, 2_000) : note;
            row.processedAt = clock.instant();
        });
    }

    /** Newest first. */
    @Transactional
    List<WebhookDelivery> deliveries(String clientId, int offset, int limit) {
        return store.deliveries(clientId, offset, limit).stream()
                .map(row -> view(row, clientId))
                .toList();
    }

    @Transactional
    long count(String clientId) {
        return store.count(clientId);
    }

    @Transactional
    Optional<WebhookDelivery> delivery(String id) {
        return store.delivery(id).flatMap(row -> store.webhook(row.webhookId).map(it -> view(row, it.clientId)));
    }

    /** Lets it count once more, also what is known already. */
    @Transactional
    WebhookDelivery replay(String id, String by) {
        DeliveryEntity row = store.deliveryForUpdate(id).orElseThrow(Problem::notFound);
        if (row.sealedBody == null) {
            throw Problem.conflict("The delivery was refused: its content was not kept.");
        }
        WebhookEntity webhook = store.webhook(row.webhookId).orElseThrow(Problem::notFound);
        messaging
                .outbox()
                .add(new VcsEvent.DeliveryReplayed(
                        id, webhook.clientId, row.repository.toLowerCase(Locale.ROOT), by, clock.instant()));
        return view(row, webhook.clientId);
    }

    /** Announces again what nobody has read for long: the broker may have lost it. Whoever reads it twice takes it once. */
    @Scheduled(
            identity = "webhook-deliveries-unread",
            every = "5m",
            delayed = "2m",
            concurrentExecution = ConcurrentExecution.SKIP)
    public void announceUnread() {
        Instant before = clock.instant().minus(UNREAD);
        QuarkusTransaction.requiringNew().run(() -> store.unread(before).forEach(this::announce));
    }

    private void announce(DeliveryEntity row) {
        store.webhook(row.webhookId).ifPresent(webhook -> messaging
                .outbox()
                .add(new VcsEvent.DeliveryReceived(
                        row.id, webhook.clientId, row.repository.toLowerCase(Locale.ROOT), row.receivedAt)));
    }

    @Scheduled(
            identity = "webhook-deliveries",
            every = "1h",
            delayed = "9m",
            concurrentExecution = ConcurrentExecution.SKIP)
    void sweep() {
        Instant before = clock.instant().minus(config.deliveriesKept());
        QuarkusTransaction.requiringNew().run(() -> store.removeBefore(before));
    }

    private static WebhookDelivery view(DeliveryEntity row, String clientId) {
        return new WebhookDelivery(
                row.id,
                clientId,
                row.delivery,
                row.event,
                row.repository,
                row.size,
                row.state,
                row.note,
                row.receivedAt,
                Optional.ofNullable(row.processedAt));
    }

    static Optional<JsonNode> json(byte[] body) {
        try {
            return Optional.ofNullable(Json.mapper().readTree(body)).filter(JsonNode::isObject);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
