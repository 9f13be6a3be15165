package io.terrafleet.api.workspace;

import io.quarkus.hibernate.orm.PersistenceUnit;
import io.terrafleet.api.access.Visibility;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.List;

/** Rows of who may read whose state. */
@Singleton
class RemoteStateStore {
    private static final String CONSUMERS = "from WorkspaceEntity w where w.id in"
            + " (select c.consumerId from RemoteStateConsumerEntity c where c.workspaceId = :workspace)";

    private static final String OTHERS = "from WorkspaceEntity w where w.id <> :workspace and ";

    /** With whom a workspace shares its state. */
    sealed interface Reach {
        String workspaceId();

        record Named(String workspaceId) implements Reach {}

        record Project(String workspaceId, String projectId) implements Reach {}

        record Organization(String workspaceId, String organizationId) implements Reach {}
    }

    private final EntityManager entities;

    RemoteStateStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    /** By name. */
    List<WorkspaceEntity> consumers(Reach reach, Visibility visible, int offset, int limit) {
        return consumers("", " order by w.name", WorkspaceEntity.class, reach, visible)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
    }

    long count(Reach reach, Visibility visible) {
        return consumers("select count(*) ", "", Long.class, reach, visible).getSingleResult();
    }

    private <T> TypedQuery<T> consumers(String before, String after, Class<T> type, Reach reach, Visibility visible) {
        String where =
                switch (reach) {
                    case Reach.Named named -> CONSUMERS;
                    case Reach.Project project -> OTHERS + "w.projectId = :within";
                    case Reach.Organization organization -> OTHERS + "w.organizationId = :within";
                };
        TypedQuery<T> query = entities.createQuery(
                        before + where + " and " + visible.ofWorkspace("w.id", "w.projectId") + after, type)
                .setParameter("workspace", reach.workspaceId());
        switch (reach) {
            case Reach.Named named -> {}
            case Reach.Project project -> query.setParameter("within", project.projectId());
            case Reach.Organization organization -> query.setParameter("within", organization.organizationId());
        }
        visible.parameters().forEach(query::setParameter);
        return query;
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
