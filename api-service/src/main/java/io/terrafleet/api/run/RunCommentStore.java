package io.terrafleet.api.run;

import io.quarkus.hibernate.orm.PersistenceUnit;
import io.terrafleet.contracts.RunId;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;

@Singleton
class RunCommentStore {
    private final EntityManager entities;

    RunCommentStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    /** Oldest first. */
    List<RunCommentEntity> of(RunId run) {
        return entities.createQuery(
                        "from RunCommentEntity where runId = :run order by createdAt, id", RunCommentEntity.class)
                .setParameter("run", run.value())
                .getResultList();
    }

    Optional<RunCommentEntity> find(String id) {
        return Optional.ofNullable(entities.find(RunCommentEntity.class, id));
    }

    /** Looked for among those of the event's run, which are few and found by index. */
    Optional<RunCommentEntity> ofEvent(String event) {
        return entities.createQuery(
                        "select c from RunCommentEntity c, RunEventEntity e"
                                + " where e.id = :event and c.runId = e.runId and c.runEventId = e.id",
                        RunCommentEntity.class)
                .setParameter("event", event)
                .getResultStream()
                .findFirst();
    }

    void add(RunCommentEntity comment) {
        entities.persist(comment);
    }
}
