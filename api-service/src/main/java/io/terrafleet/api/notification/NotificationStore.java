package io.terrafleet.api.notification;

import io.quarkus.hibernate.orm.PersistenceUnit;
import io.terrafleet.api.access.Place;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

@Singleton
class NotificationStore {
    private final EntityManager entities;

    NotificationStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    Optional<NotificationEntity> find(String id) {
        return Optional.ofNullable(entities.find(NotificationEntity.class, id));
    }

    Optional<NotificationEntity> forUpdate(String id) {
        return Optional.ofNullable(entities.find(NotificationEntity.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    /** Oldest first. */
    List<NotificationEntity> of(Subscribable subscribable) {
        String column =
                switch (subscribable.type()) {
                    case Subscribable.WORKSPACES -> "workspaceId";
                    case Subscribable.TEAMS -> "teamId";
                    default -> "projectId";
                };
        return entities.createQuery(
                        "from NotificationEntity where " + column + " = :id order by createdAt, id",
                        NotificationEntity.class)
                .setParameter("id", subscribable.id())
                .getResultList();
    }

    /** Those of the workspace, of its project, and of teams of its organization. */
    List<NotificationEntity> listening(Place workspace) {
        return entities.createQuery(
                        "from NotificationEntity where enabled = true and (workspaceId = :workspace or projectId = :project"
                                + " or (teamId is not null and organizationId = :organization))",
                        NotificationEntity.class)
                .setParameter("workspace", workspace.workspaceId().orElseThrow())
                .setParameter("project", workspace.projectId().orElseThrow())
                .setParameter("organization", workspace.organizationId())
                .getResultList();
    }

    void add(Object row) {
        entities.persist(row);
        entities.flush();
    }

    void remove(Object row) {
        entities.remove(row);
        entities.flush();
    }

    List<Long> due(Instant now) {
        return entities.createQuery("select id from DeliveryEntity where dueAt <= :now order by id", Long.class)
                .setParameter("now", now)
                .setMaxResults(100)
                .getResultList();
    }

    /** Locked; empty when it was delivered or is somebody else's for now. */
    Optional<DeliveryEntity> dueForUpdate(long id, Instant now) {
        return Optional.ofNullable(entities.find(DeliveryEntity.class, id, LockModeType.PESSIMISTIC_WRITE))
                .filter(delivery -> !delivery.dueAt.isAfter(now));
    }

    Optional<DeliveryEntity> delivery(long id) {
        return Optional.ofNullable(entities.find(DeliveryEntity.class, id, LockModeType.PESSIMISTIC_WRITE));
    }
}
