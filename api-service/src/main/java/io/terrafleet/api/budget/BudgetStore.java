package io.terrafleet.api.budget;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;

@Singleton
class BudgetStore {
    private final EntityManager entities;

    BudgetStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    Optional<BudgetEntity> find(String id) {
        return Optional.ofNullable(entities.find(BudgetEntity.class, id));
    }

    Optional<BudgetEntity> forUpdate(String id) {
        return Optional.ofNullable(entities.find(BudgetEntity.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    Optional<BudgetEntity> byName(String organizationId, String name) {
        return entities.createQuery(
                        "from BudgetEntity where organizationId = :organization and lower(name) = lower(:name)",
                        BudgetEntity.class)
                .setParameter("organization", organizationId)
                .setParameter("name", name)
                .getResultStream()
                .findFirst();
    }

    List<BudgetEntity> list(String organizationId, int offset, int limit) {
        return entities.createQuery(
                        "from BudgetEntity where organizationId = :organization order by lower(name)",
                        BudgetEntity.class)
                .setParameter("organization", organizationId)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
    }

    long count(String organizationId) {
        return entities.createQuery(
                        "select count(*) from BudgetEntity where organizationId = :organization", Long.class)
                .setParameter("organization", organizationId)
                .getSingleResult();
    }

    List<BudgetEntity> applicable(String organizationId, String projectId, String workspaceId) {
        return entities.createQuery(
                        "from BudgetEntity where organizationId = :organization"
                                + " and (projectId is null or projectId = :project)"
                                + " and (workspaceId is null or workspaceId = :workspace) order by lower(name)",
                        BudgetEntity.class)
                .setParameter("organization", organizationId)
                .setParameter("project", projectId)
                .setParameter("workspace", workspaceId)
                .getResultList();
    }

    void removeOfWorkspace(String workspaceId) {
        entities.createQuery("delete from BudgetEntity where workspaceId = :workspace")
                .setParameter("workspace", workspaceId)
                .executeUpdate();
    }

    void add(BudgetEntity budget) {
        entities.persist(budget);
        entities.flush();
    }

    void remove(BudgetEntity budget) {
        entities.remove(budget);
        entities.flush();
    }

    void flush() {
        entities.flush();
    }
}
