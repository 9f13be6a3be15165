package io.terrafleet.api.job;

import io.quarkus.hibernate.orm.PersistenceUnit;
import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Phase;
import io.terrafleet.contracts.runner.RunArtifact;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

@Singleton
class LeaseStore {
    private final EntityManager entities;

    LeaseStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    Optional<LeaseEntity> find(JobId job) {
        return Optional.ofNullable(entities.find(LeaseEntity.class, job.toString()));
    }

    Optional<LeaseEntity> findForUpdate(JobId job) {
        return Optional.ofNullable(entities.find(LeaseEntity.class, job.toString(), LockModeType.PESSIMISTIC_WRITE));
    }

    void add(LeaseEntity lease) {
        entities.persist(lease);
        entities.flush();
    }

    long nextFence() {
        return ((Number) entities.createNativeQuery("select nextval('job_fence')")
                        .getSingleResult())
                .longValue();
    }

    void renew(JobId job, Instant now) {
        entities.createQuery("update LeaseEntity set renewedAt = :now where jobId = :job and endedAt is null")
                .setParameter("now", now)
                .setParameter("job", job.toString())
                .executeUpdate();
    }

    /** Open leases of that phase that were last renewed before; at most 200 at a time. */
    List<LeaseEntity> silentSince(Phase phase, Instant instant) {
        return entities.createQuery(
                        "from LeaseEntity where endedAt is null and renewedAt < :instant and jobId like :phase"
                                + " order by renewedAt",
                        LeaseEntity.class)
                .setParameter("instant", instant)
                .setParameter("phase", "%-" + phase.word() + "-%")
                .setMaxResults(200)
                .getResultList();
    }

    Optional<String> artifact(JobId job, RunArtifact kind) {
        List<?> rows = entities.createNativeQuery(
                        "select artifact_id from job_artifact where job_id = ?1 and kind = ?2")
                .setParameter(1, job.toString())
                .setParameter(2, kind.word())
                .getResultList();
        return rows.stream().findFirst().map(String.class::cast);
    }

    /** @return the artifacts that they replace */
    List<String> putArtifacts(JobId job, Map<RunArtifact, ArtifactRef> artifacts) {
        List<Map.Entry<RunArtifact, ArtifactRef>> given = List.copyOf(artifacts.entrySet());
        List<?> before = entities.createNativeQuery(
                        """
                        with put as (insert into job_artifact (job_id, kind, artifact_id)
                            select cast(:job as text), kind, id
                                from unnest(cast(:kinds as text[]), cast(:ids as text[])) as given (kind, id)
                            on conflict (job_id, kind) do update set artifact_id = excluded.artifact_id)
                        select artifact_id from job_artifact where job_id = :job and kind = any(:kinds)""")
                .setParameter("job", job.toString())
                .setParameter(
                        "kinds",
                        given.stream().map(entry -> entry.getKey().word()).toArray(String[]::new))
                .setParameter(
                        "ids",
                        given.stream().map(entry -> entry.getValue().id()).toArray(String[]::new))
                .getResultList();
        return before.stream().map(String.class::cast).toList();
    }
}
