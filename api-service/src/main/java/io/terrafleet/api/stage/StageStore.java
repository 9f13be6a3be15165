package io.terrafleet.api.stage;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

@Singleton
class StageStore {
    private final EntityManager entities;

    StageStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    Optional<StageEntity> stage(String id) {
        return Optional.ofNullable(entities.find(StageEntity.class, id));
    }

    List<StageEntity> stagesOf(String runId) {
        return entities.createQuery("from StageEntity where runId = :run", StageEntity.class)
                .setParameter("run", runId)
                .getResultList();
    }

    /** Stages whose run waits for them, at most 500. */
    List<String> running() {
        return entities.createQuery(
                        "select id from StageEntity where status = 'running' order by updatedAt", String.class)
                .setMaxResults(500)
                .getResultList();
    }

    Optional<ResultEntity> result(String id) {
        return Optional.ofNullable(entities.find(ResultEntity.class, id));
    }

    Optional<ResultEntity> resultForUpdate(String id) {
        return Optional.ofNullable(entities.find(ResultEntity.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    List<ResultEntity> results(String stageId) {
        return entities.createQuery(
                        "from ResultEntity where stageId = :stage order by taskName, id", ResultEntity.class)
                .setParameter("stage", stageId)
                .getResultList();
    }

    /** Results that wait for somebody to do something about them now; at most 100. */
    List<String> due(Instant now) {
        return entities.createQuery(
                        "select id from ResultEntity where status in ('pending', 'running') and nextAt <= :now"
                                + " order by nextAt",
                        String.class)
                .setParameter("now", now)
                .setMaxResults(100)
                .getResultList();
    }

    void add(Object row) {
        entities.persist(row);
    }

    void flush() {
        entities.flush();
    }
}
