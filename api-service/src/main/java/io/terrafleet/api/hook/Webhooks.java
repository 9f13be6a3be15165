package io.terrafleet.api.hook;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.document.PublicUrl;
import io.terrafleet.api.host.Host;
import io.terrafleet.api.host.Hosts;
import io.terrafleet.api.oauth.OauthClients;
import io.terrafleet.api.oauth.ServiceProvider;
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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/** The door to webhooks: their addresses and secrets, and what came in by them. What is taken is kept before it is answered, once. */
@ApplicationScoped
public class Webhooks {
    private static final Logger LOG = Logger.getLogger(Webhooks.class);
    private static final int SECRET_BYTES = 32;
    private static final int LONGEST_NAME = 200;

    private final HookStore store;
    private final OauthClients oauth;
    private final Secrets secrets;
    private final Messaging messaging;
    private final PublicUrl publicUrl;
    private final VcsConfig config;
    private final RefusalLimit refusals;
    private final InstantSource clock;
    private final RandomGenerator random;

    Webhooks(
            HookStore store,
            OauthClients oauth,
            Secrets secrets,
            @Identifier("api") Messaging messaging,
            PublicUrl publicUrl,
            VcsConfig config,
            RefusalLimit refusals,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.oauth = oauth;
        this.secrets = secrets;
        this.messaging = messaging;
        this.publicUrl = publicUrl;
        this.config = config;
        this.refusals = refusals;
        this.clock = clock;
        this.random = random;
    }

    /** @param secret told once, when it was made */
    record Webhook(String id, String url, Optional<String> secret, Instant createdAt, Instant rotatedAt) {}

    /** @param fresh whether it was not taken before */
    record Receipt(String id, boolean fresh) {}

    private record Heard(WebhookEntity webhook, Host host, boolean signsBodies, String secret) {}

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
     * Keeps a delivery, or refuses it with the reason: 401 for one that nobody who knows the secret has sent, 409 for one whose content came before
     * under another name, 400 for one that cannot be read, 413 for one that is too large.
     */
    Receipt receive(String webhookId, Host.Headers headers, byte[] body) {
        Heard heard = QuarkusTransaction.requiringNew()
                .call(() -> store.webhook(webhookId).map(this::heard).orElseThrow(Problem::notFound));
        Host.Heading heading =
                heard.host().heading(headers, body.length > config.mostWebhookBytes() ? new byte[0] : body);
        if (body.length > config.mostWebhookBytes()) {
            throw refused(
                    heard,
                    heading,
                    body,
                    Problem.tooLarge("At most " + config.mostWebhookBytes() + " bytes are taken."));
        }
        if (!heard.host().authentic(headers, body, heard.secret())) {
            throw refused(
                    heard,
                    heading,
                    body,
                    Problem.of(401, "unauthorized", "The delivery is not signed with this webhook's secret."));
        }
        JsonNode json = json(body)
                .orElseThrow(
                        () -> refused(heard, heading, body, Problem.malformed("The delivery is not a JSON object.")));
        String repository = heard.host().events(heading.event(), json).stream()
                .findFirst()
                .map(event -> name(event.repository()))
                .orElse("");
        try {
            return QuarkusTransaction.requiringNew().call(() -> keep(heard, heading, repository, body));
        } catch (Problem stale) {
            throw refused(heard, heading, body, stale);
        } catch (RuntimeException twiceAtOnce) {
            return QuarkusTransaction.requiringNew()
                    .call(() -> known(heard, heading, body))
                    .map(row -> new Receipt(row.id, false))
                    .orElseThrow(() -> twiceAtOnce);
        }
    }

    private Optional<DeliveryEntity> known(Heard heard, Host.Heading heading, byte[] body) {
        String sha256 = sha256(body);
        String name = name(heading.delivery().orElse(sha256));
        return store.taken(heard.webhook().id, name, sha256, heard.signsBodies());
    }

    private Heard heard(WebhookEntity row) {
        ServiceProvider provider = oauth.provider(row.clientId).orElseThrow(Problem::notFound);
        boolean signsBodies =
                switch (provider) {
                    case GITLAB_HOSTED, GITLAB_COMMUNITY_EDITION, GITLAB_ENTERPRISE_EDITION, ADO_SERVER, ADO_SERVICES ->
                        false;
                    case GITHUB,
                            GITHUB_ENTERPRISE,
                            GITEA,
                            FORGEJO,
                            BITBUCKET_HOSTED,
                            BITBUCKET_SERVER,
                            BITBUCKET_DATA_CENTER,
                            GIT -> true;
                };
        return new Heard(row, Hosts.of(provider), signsBodies, secrets.unsealText(row.sealedSecret, row.context()));
    }

    /** The name of a delivery is not signed with it: the same content under another name is somebody's copy. */
    private Receipt keep(Heard heard, Host.Heading heading, String repository, byte[] body) {
        String sha256 = sha256(body);
        String name = name(heading.delivery().orElse(sha256));
        Optional<DeliveryEntity> known = known(heard, heading, body);
        if (known.isPresent()) {
            if (known.get().delivery.equals(name)) {
                return new Receipt(known.get().id, false);
            }
            throw Problem.of(
                    409, "stale", "The same content came before, as the delivery " + known.get().delivery + ".");
        }
        DeliveryEntity row = row(heard, heading, body, DeliveryEntity.RECEIVED);
        row.delivery = name;
        row.repository = repository;
        row.sealedBody = secrets.seal(body, row.context());
        store.add(row);
        messaging
                .outbox()
                .add(new VcsEvent.DeliveryReceived(
                        row.id, heard.webhook().clientId, repository.toLowerCase(Locale.ROOT), row.receivedAt));
        return new Receipt(row.id, true);
    }

    /** For people to see in the log why something that they sent is not taken; of a flood only the beginning. */
    private Problem refused(Heard heard, Host.Heading heading, byte[] body, Problem why) {
        LOG.infof(
                "webhook %s refused a delivery: %s",
                heard.webhook().id, why.detail().orElse(why.title()));
        if (refusals.mayLog(heard.webhook().id)) {
            QuarkusTransaction.requiringNew().run(() -> {
                DeliveryEntity row = row(heard, heading, body, DeliveryEntity.REFUSED);
                row.note = why.detail().orElse(why.title());
                store.add(row);
            });
        }
        return why;
    }

    private DeliveryEntity row(Heard heard, Host.Heading heading, byte[] body, String state) {
        DeliveryEntity row = new DeliveryEntity();
        row.id = Ids.make("whd", random);
        row.webhookId = heard.webhook().id;
        row.delivery = name(heading.delivery().orElse(""));
        row.event = name(heading.event());
        row.bodySha256 = sha256(body);
        row.size = body.length;
        row.state = state;
        row.receivedAt = clock.instant();
        return row;
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

    private static String name(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", " ");
        return clean.length() > LONGEST_NAME ? clean.substring(0, LONGEST_NAME) : clean;
    }

    private static Optional<JsonNode> json(byte[] body) {
        try {
            return Optional.ofNullable(Json.mapper().readTree(body)).filter(JsonNode::isObject);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
