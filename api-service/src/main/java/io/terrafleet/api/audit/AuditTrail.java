package io.terrafleet.api.audit;

import io.quarkus.arc.Arc;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Caller.Origin;
import io.terrafleet.api.access.Principal;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.event.AuditEvent.Actor;
import io.terrafleet.contracts.event.AuditEvent.ChangeAudited;
import io.terrafleet.messaging.Messaging;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The door to the audit trail. What a known caller changes is kept here and told on {@code terrafleet.audit-events}, in the transaction of
 * the change; what the platform does by itself is told by its runs.
 */
@ApplicationScoped
public class AuditTrail {
    /** Tables whose name is not what people call the thing. */
    private static final Map<String, String> RESOURCES =
            Map.of("app_user", "user", "token", "authentication_token", "membership", "organization_membership");

    private final AuditStore store;
    private final Caller caller;
    private final Messaging messaging;
    private final InstantSource clock;
    private final RandomGenerator random;

    AuditTrail(
            AuditStore store,
            Caller caller,
            @Identifier("api") Messaging messaging,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.caller = caller;
        this.messaging = messaging;
        this.clock = clock;
        this.random = random;
    }

    /** Newest first. */
    @Transactional
    public List<AuditEntry> of(String organizationId, Instant since, int offset, int limit) {
        return store.list(organizationId, since, offset, limit);
    }

    @Transactional
    public long count(String organizationId, Instant since) {
        return store.count(organizationId, since);
    }

    /** Whether somebody known is at work. */
    boolean isWatched() {
        return Arc.container().requestContext().isActive() && caller.known().isPresent();
    }

    void add(RowChange change) {
        Principal who = caller.principal();
        Optional<Origin> origin = caller.origin();
        ChangeAudited event = new ChangeAudited(
                Ids.make("ae", random),
                store.organizationOf(change),
                clock.instant(),
                new Actor(who.kind().word(), who.id(), who.name()),
                origin.flatMap(Origin::address),
                origin.map(Origin::requestId),
                RESOURCES.getOrDefault(change.table(), change.table()),
                change.id(),
                change.action(),
                change.changes());
        store.add(event);
        messaging.outbox().add(event);
    }
}
