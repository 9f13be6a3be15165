package io.terrafleet.api.trigger;

import io.quarkus.hibernate.orm.PersistenceUnit;
import io.terrafleet.api.problem.Problem;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.hibernate.exception.ConstraintViolationException;

@Singleton
class RunTriggerStore {
    private final EntityManager entities;

    RunTriggerStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    Optional<RunTriggerEntity> find(String id) {
        return Optional.ofNullable(entities.find(RunTriggerEntity.class, id));
    }

    /** Those that start runs here; oldest first. */
    List<RunTriggerEntity> inbound(String workspaceId) {
        return of("workspaceId", workspaceId);
    }

    /** Those that this one's applies set off; oldest first. */
    List<RunTriggerEntity> outbound(String workspaceId) {
        return of("sourceId", workspaceId);
    }

    private List<RunTriggerEntity> of(String column, String workspaceId) {
        return entities.createQuery(
                        "from RunTriggerEntity where " + column + " = :workspace order by createdAt, id",
                        RunTriggerEntity.class)
                .setParameter("workspace", workspaceId)
                .getResultList();
    }

    void add(RunTriggerEntity trigger) {
        entities.persist(trigger);
        try {
            entities.flush();
        } catch (ConstraintViolationException e) {
            throw Problem.invalidRelationship("sourceable", "Sourceable has already been taken");
        }
    }

    void remove(RunTriggerEntity trigger) {
        entities.remove(trigger);
    }

    void add(FiringEntity firing) {
        entities.persist(firing);
    }

    List<Long> firings() {
        return entities.createQuery("select id from FiringEntity order by id", Long.class)
                .setMaxResults(100)
                .getResultList();
    }

    /** Empty when somebody else has dealt with it. */
    Optional<FiringEntity> takeFiring(long id) {
        return Optional.ofNullable(entities.find(FiringEntity.class, id, LockModeType.PESSIMISTIC_WRITE))
                .map(firing -> {
                    entities.remove(firing);
                    return firing;
                });
    }
}
