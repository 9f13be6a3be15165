package io.terrafleet.api.task;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;

@Singleton
class TaskStore {
    private final EntityManager entities;

    TaskStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    Optional<RunTaskEntity> find(String id) {
        return Optional.ofNullable(entities.find(RunTaskEntity.class, id));
    }

    Optional<RunTaskEntity> forUpdate(String id) {
        return Optional.ofNullable(entities.find(RunTaskEntity.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    Optional<RunTaskEntity> named(String organizationId, String name) {
        return entities.createQuery(
                        "from RunTaskEntity where organizationId = :organization and lower(name) = lower(:name)",
                        RunTaskEntity.class)
                .setParameter("organization", organizationId)
                .setParameter("name", name)
                .getResultStream()
                .findFirst();
    }

    List<RunTaskEntity> list(String organizationId, int offset, int limit) {
        return entities.createQuery(
                        "from RunTaskEntity where organizationId = :organization order by lower(name)",
                        RunTaskEntity.class)
                .setParameter("organization", organizationId)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
    }

    long count(String organizationId) {
        return entities.createQuery(
                        "select count(*) from RunTaskEntity where organizationId = :organization", Long.class)
                .setParameter("organization", organizationId)
                .getSingleResult();
    }

    Optional<WorkspaceTaskEntity> attachment(String id) {
        return Optional.ofNullable(entities.find(WorkspaceTaskEntity.class, id));
    }

    List<WorkspaceTaskEntity> attachments(String workspaceId) {
        return entities.createQuery(
                        "from WorkspaceTaskEntity where workspaceId = :workspace order by createdAt, id",
                        WorkspaceTaskEntity.class)
                .setParameter("workspace", workspaceId)
                .getResultList();
    }

    List<WorkspaceTaskEntity> attachmentsOf(String taskId) {
        return entities.createQuery(
                        "from WorkspaceTaskEntity where taskId = :task order by createdAt, id",
                        WorkspaceTaskEntity.class)
                .setParameter("task", taskId)
                .setMaxResults(1_000)
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

    void flush() {
        entities.flush();
    }
}
