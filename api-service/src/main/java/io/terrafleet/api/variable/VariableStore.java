package io.terrafleet.api.variable;

import io.quarkus.hibernate.orm.PersistenceUnit;
import io.terrafleet.api.problem.Problem;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hibernate.exception.ConstraintViolationException;

@Singleton
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

    Optional<VariableEntity> byKey(VariableOwner owner, String category, String key) {
        return entities.createQuery(
                        "from VariableEntity where " + column(owner)
                                + " = :owner and category = :category and key = :key",
                        VariableEntity.class)
                .setParameter("owner", owner.id())
                .setParameter("category", category)
                .setParameter("key", key)
                .getResultStream()
                .findFirst();
    }

    /** By key. */
    List<VariableEntity> of(VariableOwner owner) {
        return entities.createQuery(
                        "from VariableEntity where " + column(owner) + " = :owner order by key, category",
                        VariableEntity.class)
                .setParameter("owner", owner.id())
                .getResultList();
    }

    /** By set and key. */
    List<VariableEntity> ofSets(Collection<String> setIds) {
        if (setIds.isEmpty()) {
            return List.of();
        }
        return entities.createQuery(
                        "from VariableEntity where variableSetId in :sets order by variableSetId, key, category",
                        VariableEntity.class)
                .setParameter("sets", setIds)
                .getResultList();
    }

    long count(VariableOwner owner) {
        return entities.createQuery(
                        "select count(*) from VariableEntity where " + column(owner) + " = :owner", Long.class)
                .setParameter("owner", owner.id())
                .getSingleResult();
    }

    private static String column(VariableOwner owner) {
        return switch (owner) {
            case VariableOwner.OfWorkspace workspace -> "workspaceId";
            case VariableOwner.OfSet set -> "variableSetId";
        };
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
