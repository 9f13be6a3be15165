package io.terrafleet.api.notification;

import io.terrafleet.api.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The short transactions between which messages are under way: no connection is held while a destination thinks. */
@ApplicationScoped
class NotificationRows {
    private final NotificationStore store;

    NotificationRows(NotificationStore store) {
        this.store = store;
    }

    @Transactional
    Optional<NotificationConfiguration> find(String id) {
        return store.find(id).map(NotificationRows::view);
    }

    @Transactional
    List<NotificationConfiguration> of(Subscribable subscribable) {
        return store.of(subscribable).stream().map(NotificationRows::view).toList();
    }

    /** The row as it is, outside any transaction: changes to it are kept by {@link #update} only. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Optional<NotificationEntity> detached(String id) {
        return store.find(id);
    }

    @Transactional
    NotificationConfiguration add(NotificationEntity row) {
        store.add(row);
        return view(row);
    }

    @Transactional
    NotificationConfiguration update(NotificationEntity wanted) {
        NotificationEntity row = store.forUpdate(wanted.id).orElseThrow(Problem::notFound);
        row.name = wanted.name;
        row.enabled = wanted.enabled;
        row.url = wanted.url;
        row.sealedToken = wanted.sealedToken;
        row.triggers = wanted.triggers;
        row.emailAddresses = wanted.emailAddresses;
        row.userIds = wanted.userIds;
        row.responses = wanted.responses;
        row.updatedAt = wanted.updatedAt;
        return view(row);
    }

    /** The newest first; old ones give way. Empty when the configuration was deleted meanwhile. */
    @Transactional
    Optional<NotificationConfiguration> responded(String id, DeliveryResponse response) {
        return store.forUpdate(id).map(row -> keep(row, response));
    }

    private static NotificationConfiguration keep(NotificationEntity row, DeliveryResponse response) {
        List<DeliveryResponse> responses = new ArrayList<>(List.of(response));
        responses.addAll(Notifications.read(row.responses));
        row.responses = Notifications.write(
                responses.stream().limit(Notifications.MOST_RESPONSES).toList());
        return view(row);
    }

    private static Subscribable subscribable(NotificationEntity row) {
        if (row.workspaceId != null) {
            return new Subscribable(Subscribable.WORKSPACES, row.workspaceId, row.organizationId);
        }
        return row.teamId != null
                ? new Subscribable(Subscribable.TEAMS, row.teamId, row.organizationId)
                : new Subscribable(Subscribable.PROJECTS, String.valueOf(row.projectId), row.organizationId);
    }

    private static NotificationConfiguration view(NotificationEntity row) {
        Set<Trigger> triggers = EnumSet.noneOf(Trigger.class);
        Arrays.stream(row.triggers)
                .flatMap(word -> Trigger.named(word).stream())
                .forEach(triggers::add);
        return new NotificationConfiguration(
                row.id,
                subscribable(row),
                row.name,
                Destination.named(row.destination).orElseThrow(),
                row.enabled,
                row.url,
                triggers,
                List.of(row.emailAddresses),
                List.of(row.userIds),
                Notifications.read(row.responses),
                row.createdAt,
                row.updatedAt);
    }
}
