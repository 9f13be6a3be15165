package io.terrafleet.api.notification;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.notification.Courier.Parcel;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The short transactions around one delivery. */
@ApplicationScoped
class DeliveryRows {
    private final NotificationStore store;
    private final Notifications notifications;
    private final NotificationConfig config;
    private final InstantSource clock;

    DeliveryRows(
            NotificationStore store,
            Notifications notifications,
            NotificationConfig config,
            @Identifier("api") InstantSource clock) {
        this.store = store;
        this.notifications = notifications;
        this.config = config;
        this.clock = clock;
    }

    /** A delivery that is this caller's until it is due again. */
    record Taken(long id, Parcel parcel) {}

    @Transactional
    List<Long> due() {
        return store.due(clock.instant());
    }

    /** Nobody else takes it while the destination may still answer; after a crash it is due again. */
    @Transactional
    Optional<Taken> take(long id) {
        return store.dueForUpdate(id, clock.instant()).flatMap(delivery -> {
            delivery.attempts++;
            delivery.dueAt = clock.instant().plus(config.timeout().multipliedBy(4));
            return store.find(delivery.configurationId)
                    .map(row -> new Taken(id, notifications.parcel(row, Deliveries.read(delivery.message))));
        });
    }

    @Transactional
    void done(long id) {
        store.delivery(id).ifPresent(store::remove);
    }

    /** @return when it is tried again; empty when that was the last time */
    @Transactional
    Optional<Instant> failed(long id) {
        return store.delivery(id).flatMap(delivery -> {
            if (delivery.attempts >= config.attempts()) {
                store.remove(delivery);
                return Optional.empty();
            }
            delivery.dueAt = clock.instant().plus(config.retryAfter().multipliedBy(1L << (delivery.attempts - 1)));
            return Optional.of(delivery.dueAt);
        });
    }
}
