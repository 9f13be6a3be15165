package io.terrafleet.api.hook;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.host.HostEvent;
import io.terrafleet.api.host.Hosts;
import io.terrafleet.api.ingress.Changes;
import io.terrafleet.api.ingress.Names;
import io.terrafleet.api.oauth.OauthClients;
import io.terrafleet.contracts.event.VcsEvent;
import io.terrafleet.messaging.Messaging;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;

/** Reads deliveries, each in one transaction with what comes of it. */
@ApplicationScoped
class Reading {
    private static final String CONSUMER = "api-vcs-events";

    private final Webhooks webhooks;
    private final OauthClients oauth;
    private final Changes changes;
    private final Names names;
    private final Messaging messaging;

    Reading(
            Webhooks webhooks,
            OauthClients oauth,
            Changes changes,
            Names names,
            @Identifier("api") Messaging messaging) {
        this.webhooks = webhooks;
        this.oauth = oauth;
        this.changes = changes;
        this.names = names;
        this.messaging = messaging;
    }

    /** @param again whether it counts although it did before */
    @Transactional
    void read(String eventId, VcsEvent event, boolean again) {
        if (!messaging.inbox().take(CONSUMER, eventId)) {
            return;
        }
        webhooks.waiting(event.delivery(), again).ifPresent(waiting -> {
            List<HostEvent> events = oauth.provider(waiting.clientId())
                    .map(provider -> Hosts.of(provider).events(waiting.event(), waiting.body()))
                    .orElse(List.of());
            List<String> notes = new ArrayList<>();
            for (HostEvent each : events) {
                notes.add(
                        speaksOfItsOwn(waiting, each)
                                ? changes.accept(waiting.clientId(), each, event.delivery(), again)
                                : another(waiting, each));
            }
            webhooks.read(event.delivery(), DeliveryEntity.PROCESSED, String.join("; ", notes));
        });
    }

    /** Who knows the secret of one repository's webhook speaks for no other. */
    private boolean speaksOfItsOwn(Webhooks.Waiting waiting, HostEvent event) {
        String name = event instanceof HostEvent.Renamed renamed ? renamed.before() : event.repository();
        return waiting.repositoryId().map(id -> names.isCalled(id, name)).orElse(true);
    }

    /** Its own may have another name since; what was told of it is then found by looking. */
    private String another(Webhooks.Waiting waiting, HostEvent event) {
        waiting.repositoryId().ifPresent(id -> names.toldAs(id, event.repository()));
        return "it speaks of " + event.repository()
                + ", whose webhook it is not; the host is asked whether its own is called so now";
    }

    @Transactional
    void givenUp(String delivery) {
        webhooks.read(delivery, DeliveryEntity.FAILED, "It could not be read; the server's log says why.");
    }
}
