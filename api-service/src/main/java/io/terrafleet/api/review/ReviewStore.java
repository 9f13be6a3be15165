package io.terrafleet.api.review;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

@Singleton
class ReviewStore {
    /** Hibernate's word for it. */
    private static final int SKIP_LOCKED = -2;

    private final EntityManager entities;

    ReviewStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    Optional<StatusEntity> forUpdate(long id) {
        return Optional.ofNullable(entities.find(StatusEntity.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    Optional<StatusEntity> forUpdate(String repositoryId, String commit, String context) {
        return entities.createQuery(
                        "from StatusEntity where repositoryId = :repository and commit = :commit and context = :context",
                        StatusEntity.class)
                .setParameter("repository", repositoryId)
                .setParameter("commit", commit)
                .setParameter("context", context)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .findFirst();
    }

    List<StatusEntity> ofRunForUpdate(String runId) {
        return entities.createQuery("from StatusEntity where runId = :run", StatusEntity.class)
                .setParameter("run", runId)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
    }

    List<StatusEntity> of(String repositoryId, String commit) {
        return entities.createQuery(
                        "from StatusEntity where repositoryId = :repository and commit = :commit order by context",
                        StatusEntity.class)
                .setParameter("repository", repositoryId)
                .setParameter("commit", commit)
                .getResultList();
    }

    /** Oldest first, without those that somebody else is writing; at most 200. */
    List<StatusEntity> dueForUpdate(Instant now) {
        return entities.createQuery("from StatusEntity where dueAt <= :now order by dueAt, id", StatusEntity.class)
                .setParameter("now", now)
                .setMaxResults(200)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .setHint("jakarta.persistence.lock.timeout", SKIP_LOCKED)
                .getResultList();
    }

    List<StatusEntity> forUpdate(List<Long> ids) {
        return entities.createQuery("from StatusEntity where id in :ids order by id", StatusEntity.class)
                .setParameter("ids", ids)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
    }

    /** The host wants to be left alone. */
    void rest(String repositoryId, Instant until) {
        entities.createQuery("update StatusEntity set dueAt = :until where repositoryId = :repository"
                        + " and dueAt is not null and dueAt < :until")
                .setParameter("until", until)
                .setParameter("repository", repositoryId)
                .executeUpdate();
    }

    /**
     * Of several who say the first word at the same moment one is the first.
     *
     * @return false for the others, after the first one's transaction is over
     */
    boolean addFirst(
            String repositoryId, String commit, String context, String runId, Word word, String url, Instant now) {
        return entities.createNativeQuery(
                                "insert into commit_status (repository_id, commit_sha, context, run_id, state,"
                                        + " description, url, due_at, updated_at) values (:repository, :commit, :context,"
                                        + " nullif(:run, ''), :state, :description, :url, :now, :now) on conflict do nothing")
                        .setParameter("repository", repositoryId)
                        .setParameter("commit", commit)
                        .setParameter("context", context)
                        .setParameter("run", runId)
                        .setParameter("state", word.state().name())
                        .setParameter("description", word.text())
                        .setParameter("url", url)
                        .setParameter("now", now)
                        .executeUpdate()
                == 1;
    }
}
