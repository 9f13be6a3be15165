package io.terrafleet.api.workspace;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.List;

/** Rows of who may read whose state. */
@ApplicationScoped
class RemoteStateStore {
    private static final String CONSUMERS = "from WorkspaceEntity w where w.id in"
            + " (select c.consumerId from RemoteStateConsumerEntity c where c.workspaceId = :workspace)";

    private final EntityManager entities;

    RemoteStateStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    /** By name. */
    List<WorkspaceEntity> consumers(String workspaceId, int offset, int limit) {
        return entities.createQuery(CONSUMERS + " order by w.name", WorkspaceEntity.class)
                .setParameter("workspace", workspaceId)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
    }

    long count(String workspaceId) {
        return entities.createQuery("select count(*) " + CONSUMERS, Long.class)
                .setParameter("workspace", workspaceId)
                .getSingleResult();
    }

    boolean has(String workspaceId, String consumerId) {
        return entities.find(
                        RemoteStateConsumerEntity.class, new RemoteStateConsumerEntity.Key(workspaceId, consumerId))
                != null;
    }

    void add(String workspaceId, String consumerId) {
        if (!has(workspaceId, consumerId)) {
            RemoteStateConsumerEntity row = new RemoteStateConsumerEntity();
            row.workspaceId = workspaceId;
            row.consumerId = consumerId;
            entities.persist(row);
        }
    }

    void remove(String workspaceId, String consumerId) {
        RemoteStateConsumerEntity row = entities.find(
                RemoteStateConsumerEntity.class, new RemoteStateConsumerEntity.Key(workspaceId, consumerId));
        if (row != null) {
            entities.remove(row);
        }
    }

    void removeAll(String workspaceId) {
        entities.createQuery(
                        "from RemoteStateConsumerEntity where workspaceId = :workspace",
                        RemoteStateConsumerEntity.class)
                .setParameter("workspace", workspaceId)
                .getResultList()
                .forEach(entities::remove);
        entities.flush();
    }
}
