package io.terrafleet.api.planexport;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

@Singleton
class PlanExportStore {
    private final EntityManager entities;

    PlanExportStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    Optional<PlanExportEntity> find(String id) {
        return Optional.ofNullable(entities.find(PlanExportEntity.class, id));
    }

    Optional<PlanExportEntity> forUpdate(String id) {
        return Optional.ofNullable(entities.find(PlanExportEntity.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    /** Newest first. */
    List<PlanExportEntity> of(String runId) {
        return entities.createQuery(
                        "from PlanExportEntity where runId = :run order by createdAt desc, id", PlanExportEntity.class)
                .setParameter("run", runId)
                .setMaxResults(100)
                .getResultList();
    }

    /** Ids, oldest first; at most 100. */
    List<String> pending() {
        return entities.createQuery(
                        "select id from PlanExportEntity where status = 'pending' order by createdAt", String.class)
                .setMaxResults(100)
                .getResultList();
    }

    /** Ids; at most 100. */
    List<String> finishedBefore(Instant instant) {
        return entities.createQuery(
                        "select id from PlanExportEntity where status = 'finished' and finishedAt < :instant",
                        String.class)
                .setParameter("instant", instant)
                .setMaxResults(100)
                .getResultList();
    }

    void add(PlanExportEntity export) {
        entities.persist(export);
        entities.flush();
    }

    void remove(PlanExportEntity export) {
        entities.remove(export);
        entities.flush();
    }
}
