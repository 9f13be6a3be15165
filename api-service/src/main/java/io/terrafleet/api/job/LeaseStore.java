package io.terrafleet.api.job;

import io.quarkus.hibernate.orm.PersistenceUnit;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.runner.RunArtifact;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

@ApplicationScoped
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

    /** Open leases that were last renewed before; at most 200 at a time. */
    List<LeaseEntity> silentSince(Instant instant) {
        return entities.createQuery(
                        "from LeaseEntity where endedAt is null and renewedAt < :instant order by renewedAt",
                        LeaseEntity.class)
                .setParameter("instant", instant)
                .setMaxResults(200)
                .getResultList();
    }

    Optional<String> artifact(JobId job, RunArtifact kind) {
        return Optional.ofNullable(
                        entities.find(JobArtifactEntity.class, new JobArtifactEntity.Key(job.toString(), kind.word())))
                .map(row -> row.artifactId);
    }

    /** @return the artifact that it replaces */
    Optional<String> putArtifact(JobId job, RunArtifact kind, String artifactId) {
        JobArtifactEntity.Key key = new JobArtifactEntity.Key(job.toString(), kind.word());
        JobArtifactEntity row = entities.find(JobArtifactEntity.class, key);
        if (row != null) {
            String before = row.artifactId;
            row.artifactId = artifactId;
            return Optional.of(before);
        }
        row = new JobArtifactEntity();
        row.jobId = job.toString();
        row.kind = kind.word();
        row.artifactId = artifactId;
        entities.persist(row);
        return Optional.empty();
    }
}
