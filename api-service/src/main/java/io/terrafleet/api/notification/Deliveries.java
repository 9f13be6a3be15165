package io.terrafleet.api.notification;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Place;
import io.terrafleet.api.access.Principal;
import io.terrafleet.api.document.PublicUrl;
import io.terrafleet.api.notification.Courier.Parcel;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.RunChanged;
import io.terrafleet.api.run.RunCreated;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Turns what runs do into messages, inside the run's transaction, and sends them after it: at once, and again a few times when the
 * destination does not take them.
 */
@ApplicationScoped
class Deliveries {
    private static final Logger LOG = Logger.getLogger(Deliveries.class);

    private final NotificationStore store;
    private final DeliveryRows rows;
    private final Courier courier;
    private final NotificationRows notifications;
    private final Workspaces workspaces;
    private final Grants grants;
    private final PublicUrl publicUrl;
    private final Event<Posted> posted;
    private final InstantSource clock;

    Deliveries(
            NotificationStore store,
            DeliveryRows rows,
            Courier courier,
            NotificationRows notifications,
            Workspaces workspaces,
            Grants grants,
            PublicUrl publicUrl,
            Event<Posted> posted,
            @Identifier("api") InstantSource clock) {
        this.store = store;
        this.rows = rows;
        this.courier = courier;
        this.notifications = notifications;
        this.workspaces = workspaces;
        this.grants = grants;
        this.publicUrl = publicUrl;
        this.posted = posted;
        this.clock = clock;
    }

    /** Something waits to be sent. */
    record Posted() {}

    void made(@Observes RunCreated created) {
        tell(Trigger.RUN_CREATED, created.run());
    }

    void moved(@Observes RunChanged changed) {
        Trigger.of(changed.from(), changed.to()).ifPresent(trigger -> tell(trigger, changed.now()));
    }

    private void tell(Trigger trigger, Run run) {
        Place place = workspaces.place(run.workspace()).orElseThrow();
        List<NotificationEntity> listening = Stream.concat(
                        store
                                .listening(
                                        run.workspace().value(),
                                        place.projectId().orElseThrow())
                                .stream(),
                        store.listeningTeams(place.organizationId()).stream().filter(row -> maySee(row.teamId, place)))
                .filter(row -> Arrays.asList(row.triggers).contains(trigger.word()))
                .toList();
        if (listening.isEmpty()) {
            return;
        }
        Workspace workspace = workspaces.find(run.workspace()).orElseThrow();
        String message = new String(Json.write(message(trigger, run, workspace)), StandardCharsets.UTF_8);
        for (NotificationEntity row : listening) {
            DeliveryEntity delivery = new DeliveryEntity();
            delivery.configurationId = row.id;
            delivery.message = message;
            delivery.dueAt = clock.instant();
            store.add(delivery);
        }
        posted.fire(new Posted());
    }

    private boolean maySee(@Nullable String teamId, Place place) {
        if (teamId == null) {
            return false;
        }
        Principal team = new Principal(teamId, "team", false, Optional.of(place.organizationId()), Principal.Kind.TEAM);
        return grants.allows(team, place, Permission.READ_RUNS);
    }

    private Message message(Trigger trigger, Run run, Workspace workspace) {
        return new Message(
                trigger.word(),
                trigger.title(),
                Optional.of(new Message.About(
                        publicUrl.of(
                                "/app/" + workspace.organizationName() + "/" + workspace.name() + "/runs/" + run.id()),
                        run.id().value(),
                        run.message(),
                        run.createdAt(),
                        run.createdByName(),
                        workspace.id().value(),
                        workspace.name(),
                        workspace.organizationName(),
                        run.status(),
                        run.state().since())));
    }

    void posted(@Observes(during = TransactionPhase.AFTER_SUCCESS) Posted event) {
        Thread.ofVirtual().name("notifications").start(this::sendDue);
    }

    /** Each on a thread of its own: a destination that takes its time keeps nobody else waiting. */
    @Scheduled(identity = "notifications", every = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    void sendDue() {
        for (long id : rows.due()) {
            rows.take(id)
                    .ifPresent(taken ->
                            Thread.ofVirtual().name("notification-" + id).start(() -> send(taken)));
        }
    }

    private void send(DeliveryRows.Taken taken) {
        Parcel parcel = taken.parcel();
        DeliveryResponse response = courier.deliver(parcel);
        notifications.responded(parcel.configurationId(), response);
        if (response.successful()) {
            rows.done(taken.id());
            return;
        }
        Optional<Instant> again = rows.failed(taken.id());
        LOG.warnf(
                "notification not taken configurationId=%s trigger=%s code=%d %s",
                parcel.configurationId(),
                parcel.message().trigger(),
                response.code(),
                again.map(at -> "next attempt at " + at).orElse("given up"));
    }

    static Message read(String message) {
        try {
            return Json.mapper().readValue(message, Message.class);
        } catch (IOException e) {
            throw new UncheckedIOException("a notification is not kept as JSON", e);
        }
    }
}
