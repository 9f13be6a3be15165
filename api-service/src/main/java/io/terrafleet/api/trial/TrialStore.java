package io.terrafleet.api.trial;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

@Singleton
class TrialStore {
    private final EntityManager entities;

    TrialStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    Optional<TrialEntity> find(String id) {
        return Optional.ofNullable(entities.find(TrialEntity.class, id));
    }

    Optional<TrialEntity> forUpdate(String id) {
        return Optional.ofNullable(entities.find(TrialEntity.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    Optional<TrialPlanEntity> plan(String trialId, String runId) {
        return Optional.ofNullable(entities.find(TrialPlanEntity.class, new TrialPlanEntity.Key(trialId, runId)));
    }

    List<TrialPlanEntity> plans(String trialId) {
        return entities.createQuery("from TrialPlanEntity where trialId = :trial order by runId", TrialPlanEntity.class)
                .setParameter("trial", trialId)
                .getResultList();
    }

    /** Of a pull request at a commit; oldest first. */
    List<TrialEntity> of(String repositoryId, long number, String commit) {
        return entities.createQuery(
                        "from TrialEntity where repositoryId = :repository and pullNumber = :number and commit = :commit"
                                + " order by createdAt, id",
                        TrialEntity.class)
                .setParameter("repository", repositoryId)
                .setParameter("number", number)
                .setParameter("commit", commit)
                .getResultList();
    }

    /** The same set is tried at one commit once. */
    boolean isKnown(String repositoryId, long number, String commit, String policySetId) {
        return of(repositoryId, number, commit).stream().anyMatch(row -> row.policySetId.equals(policySetId));
    }

    /** At most 20. */
    List<String> due(Instant now) {
        return entities.createQuery("select id from TrialEntity where dueAt <= :now order by dueAt", String.class)
                .setParameter("now", now)
                .setMaxResults(20)
                .getResultList();
    }

    void add(Object row) {
        entities.persist(row);
        entities.flush();
    }
}
