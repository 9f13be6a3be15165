package io.terrafleet.api.hook;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.host.Host;
import io.terrafleet.api.host.Hosts;
import io.terrafleet.api.ingress.Arrivals;
import io.terrafleet.api.oauth.ServiceProvider;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.secret.Secrets;
import io.terrafleet.api.vcs.VcsConfig;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.event.VcsEvent;
import io.terrafleet.messaging.Messaging;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/** Where deliveries come in. What is taken is kept before it is answered, once. */
@ApplicationScoped
class Intake {
    private static final Logger LOG = Logger.getLogger(Intake.class);
    private static final int LONGEST_NAME = 200;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final DeliveryStore deliveries;
    private final HookStore store;
    private final Secrets secrets;
    private final Messaging messaging;
    private final VcsConfig config;
    private final RefusalLimit refusals;
    private final Arrivals arrivals;
    private final InstantSource clock;
    private final RandomGenerator random;

    Intake(
            DeliveryStore deliveries,
            HookStore store,
            Secrets secrets,
            @Identifier("api") Messaging messaging,
            VcsConfig config,
            RefusalLimit refusals,
            Arrivals arrivals,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.deliveries = deliveries;
        this.store = store;
        this.secrets = secrets;
        this.messaging = messaging;
        this.config = config;
        this.refusals = refusals;
        this.arrivals = arrivals;
        this.clock = clock;
        this.random = random;
    }

    /** @param fresh whether it was not taken before */
    record Receipt(String id, boolean fresh) {}

    /** @param signsBodies whether the host signs what it sends, and not only shows that it knows the secret */
    private record Webhook(String id, String clientId, Host host, boolean signsBodies) {}

    /**
     * Keeps a delivery, or refuses it with the reason: 401 for one that nobody who knows the secret has sent, 409 for one whose content came before
     * under another name, 400 for one that cannot be read, 413 for one that is too large.
     */
    Receipt receive(String webhookId, Host.Headers headers, byte[] body) {
        DeliveryStore.Secret known = deliveries.webhook(webhookId).orElseThrow(this::unknown);
        Webhook webhook = webhook(webhookId, known);
        boolean tooLarge = body.length > config.mostWebhookBytes();
        Host.Heading heading = webhook.host().heading(headers, tooLarge ? new byte[0] : body);
        if (tooLarge) {
            throw refused(
                    webhook,
                    heading,
                    body,
                    Problem.tooLarge("At most " + config.mostWebhookBytes() + " bytes are taken."));
        }
        String secret = secrets.unsealText(known.sealed(), WebhookEntity.context(webhookId));
        if (!webhook.host().authentic(headers, body, secret)) {
            throw refused(
                    webhook,
                    heading,
                    body,
                    Problem.of(401, "unauthorized", "The delivery is not signed with this webhook's secret."));
        }
        arrivals.arrived();
        JsonNode json = Webhooks.json(body)
                .orElseThrow(
                        () -> refused(webhook, heading, body, Problem.malformed("The delivery is not a JSON object.")));
        DeliveryEntity row = row(webhook, heading, body, DeliveryEntity.RECEIVED);
        row.delivery = name(heading.delivery().orElse(row.bodySha256));
        row.repository = webhook.host().events(heading.event(), json).stream()
                .findFirst()
                .map(event -> name(event.repository()))
                .orElse("");
        row.sealedBody = secrets.seal(body, row.context());
        DeliveryStore.Kept kept = QuarkusTransaction.requiringNew().call(() -> keep(webhook, row));
        if (!kept.fresh() && !kept.delivery().equals(row.delivery)) {
            throw refused(
                    webhook,
                    heading,
                    body,
                    Problem.of(409, "stale", "The same content came before, as the delivery " + kept.delivery() + "."));
        }
        return new Receipt(kept.id(), kept.fresh());
    }

    private Problem unknown() {
        if (refusals.mayLog("")) {
            LOG.info("refused a delivery: it came for an address that is none");
        }
        return Problem.notFound();
    }

    private static Webhook webhook(String id, DeliveryStore.Secret known) {
        ServiceProvider provider = ServiceProvider.of(known.provider()).orElseThrow(Problem::notFound);
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
        return new Webhook(id, known.clientId(), Hosts.of(provider), signsBodies);
    }

    /** The name of a delivery is not signed with it: the same content under another name is somebody's copy. */
    private DeliveryStore.Kept keep(Webhook webhook, DeliveryEntity row) {
        DeliveryStore.Kept kept = deliveries.keep(row, webhook.signsBodies()).orElseThrow(Problem::notFound);
        if (kept.fresh()) {
            messaging
                    .outbox()
                    .add(new VcsEvent.DeliveryReceived(
                            row.id, webhook.clientId(), row.repository.toLowerCase(Locale.ROOT), row.receivedAt));
        }
        return kept;
    }

    /** For people to see in the log why something that they sent is not taken; of a flood only the beginning. */
    private Problem refused(Webhook webhook, Host.Heading heading, byte[] body, Problem why) {
        LOG.infof(
                "webhook %s refused a delivery: %s", webhook.id(), why.detail().orElse(why.title()));
        if (refusals.mayLog(webhook.id())) {
            QuarkusTransaction.requiringNew().run(() -> {
                DeliveryEntity row = row(webhook, heading, body, DeliveryEntity.REFUSED);
                row.note = why.detail().orElse(why.title());
                store.add(row);
            });
        }
        return why;
    }

    private DeliveryEntity row(Webhook webhook, Host.Heading heading, byte[] body, String state) {
        DeliveryEntity row = new DeliveryEntity();
        row.id = Ids.make("whd", random);
        row.webhookId = webhook.id();
        row.delivery = name(heading.delivery().orElse(""));
        row.event = name(heading.event());
        row.bodySha256 = sha256(body);
        row.size = body.length;
        row.state = state;
        row.receivedAt = clock.instant();
        return row;
    }

    private static String name(String text) {
        String clean = CONTROL.matcher(text).replaceAll(" ");
        return clean.length() > LONGEST_NAME ? clean.substring(0, LONGEST_NAME) : clean;
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
