package io.terrafleet.api.variable;

import io.quarkus.hibernate.orm.PersistenceUnit;
import io.terrafleet.api.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.hibernate.exception.ConstraintViolationException;

@ApplicationScoped
class VariableStore {
    private final EntityManager entities;

    VariableStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    Optional<VariableEntity> find(String id) {
        return Optional.ofNullable(entities.find(VariableEntity.class, id));
    }

    Optional<VariableEntity> forUpdate(String id) {
        return Optional.ofNullable(entities.find(VariableEntity.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    Optional<VariableEntity> byKey(String workspaceId, String category, String key) {
        return entities.createQuery(
                        "from VariableEntity where workspaceId = :workspace and category = :category and key = :key",
                        VariableEntity.class)
                .setParameter("workspace", workspaceId)
                .setParameter("category", category)
                .setParameter("key", key)
                .getResultStream()
                .findFirst();
    }

    List<VariableEntity> of(String workspaceId) {
        return entities.createQuery(
                        "from VariableEntity where workspaceId = :workspace order by key, category",
                        VariableEntity.class)
                .setParameter("workspace", workspaceId)
                .getResultList();
    }

    long count(String workspaceId) {
        return entities.createQuery("select count(*) from VariableEntity where workspaceId = :workspace", Long.class)
                .setParameter("workspace", workspaceId)
                .getSingleResult();
    }

    void add(VariableEntity variable) {
        entities.persist(variable);
        flush();
    }

    void remove(VariableEntity variable) {
        entities.remove(variable);
        flush();
    }

    /** Writes now; somebody who took the key at the same moment is met here. */
    void flush() {
        try {
            entities.flush();
        } catch (ConstraintViolationException e) {
            throw Problem.invalid("key", "Key has already been taken");
        }
    }
}
