package io.terrafleet.api.ingress;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

@Singleton
class IngressStore {
    private final EntityManager entities;

    IngressStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    Optional<RepositoryEntity> repository(String id) {
        return Optional.ofNullable(entities.find(RepositoryEntity.class, id));
    }

    Optional<RepositoryEntity> repositoryForUpdate(String id) {
        return Optional.ofNullable(entities.find(RepositoryEntity.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    Optional<RepositoryEntity> repository(String organizationId, Optional<String> clientId, String identifier) {
        return entities.createQuery(
                        "from RepositoryEntity where organizationId = :organization"
                                + " and coalesce(clientId, '') = :client and lower(identifier) = :identifier",
                        RepositoryEntity.class)
                .setParameter("organization", organizationId)
                .setParameter("client", clientId.orElse(""))
                .setParameter("identifier", identifier.toLowerCase(Locale.ROOT))
                .getResultStream()
                .findFirst();
    }

    /** Those of a connection that are followed by an address over SSH; at most 200. */
    List<RepositoryEntity> overSsh(String organizationId, String clientId) {
        return entities.createQuery(
                        "from RepositoryEntity where organizationId = :organization and clientId = :client"
                                + " and identifier like 'ssh://%' order by id",
                        RepositoryEntity.class)
                .setParameter("organization", organizationId)
                .setParameter("client", clientId)
                .setMaxResults(200)
                .getResultList();
    }

    /** One is enough when two connect it at once. */
    void addRepository(
            String id,
            String organizationId,
            Optional<String> clientId,
            String identifier,
            Instant lookDueAt,
            Instant now) {
        entities.createNativeQuery("insert into repository (id, organization_id, client_id, identifier, look_due_at,"
                        + " created_at) values (:id, :organization, nullif(:client, ''), :identifier, :due, :now)"
                        + " on conflict do nothing")
                .setParameter("id", id)
                .setParameter("organization", organizationId)
                .setParameter("client", clientId.orElse(""))
                .setParameter("identifier", identifier)
                .setParameter("due", lookDueAt)
                .setParameter("now", now)
                .executeUpdate();
    }

    /** Those that are to be looked at and that nobody works on; at most 50. */
    List<String> toLookAt(Instant now) {
        return entities.createQuery(
                        "select id from RepositoryEntity where lookDueAt <= :now"
                                + " and (takenUntil is null or takenUntil < :now) order by lookDueAt",
                        String.class)
                .setParameter("now", now)
                .setMaxResults(50)
                .getResultList();
    }

    /** Those with changes that are due and that nobody works on; at most 50. */
    List<String> toWorkOn(Instant now) {
        return entities.createQuery(
                        "select distinct r.id from RepositoryEntity r, ChangeEntity c where c.repositoryId = r.id"
                                + " and c.state = 'waiting' and c.dueAt <= :now"
                                + " and (r.takenUntil is null or r.takenUntil < :now)",
                        String.class)
                .setParameter("now", now)
                .setMaxResults(50)
                .getResultList();
    }

    /** @return whether the caller has it now */
    boolean take(String id, Instant now, Instant until) {
        return entities.createQuery("update RepositoryEntity set takenUntil = :until where id = :id"
                                + " and (takenUntil is null or takenUntil < :now)")
                        .setParameter("until", until)
                        .setParameter("id", id)
                        .setParameter("now", now)
                        .executeUpdate()
                == 1;
    }

    void release(String id) {
        entities.createQuery("update RepositoryEntity set takenUntil = null where id = :id")
                .setParameter("id", id)
                .executeUpdate();
    }

    Optional<HeadEntity> head(String repositoryId, String ref) {
        return Optional.ofNullable(entities.find(HeadEntity.class, new HeadEntity.Key(repositoryId, ref)));
    }

    List<HeadEntity> heads(String repositoryId) {
        return entities.createQuery("from HeadEntity where repositoryId = :repository", HeadEntity.class)
                .setParameter("repository", repositoryId)
                .getResultList();
    }

    Optional<PullRequestEntity> pullRequest(String repositoryId, long number) {
        return Optional.ofNullable(
                entities.find(PullRequestEntity.class, new PullRequestEntity.Key(repositoryId, number)));
    }

    Optional<PullRequestEntity> pullRequestForUpdate(String repositoryId, long number) {
        return Optional.ofNullable(entities.find(
                PullRequestEntity.class,
                new PullRequestEntity.Key(repositoryId, number),
                LockModeType.PESSIMISTIC_WRITE));
    }

    List<PullRequestEntity> openPullRequests(String repositoryId) {
        return entities.createQuery(
                        "from PullRequestEntity where repositoryId = :repository and open = true order by number",
                        PullRequestEntity.class)
                .setParameter("repository", repositoryId)
                .getResultList();
    }

    /** Those whose comment is due and nobody writes; at most 50. */
    List<PullRequestEntity.Key> commentsDue(Instant now) {
        return entities.createQuery(
                        "from PullRequestEntity where commentDueAt <= :now"
                                + " and (commentTakenUntil is null or commentTakenUntil <= :now) order by commentDueAt",
                        PullRequestEntity.class)
                .setParameter("now", now)
                .setMaxResults(50)
                .getResultStream()
                .map(row -> new PullRequestEntity.Key(row.repositoryId, row.number))
                .toList();
    }

    Optional<ChangeEntity> change(String id) {
        return Optional.ofNullable(entities.find(ChangeEntity.class, id));
    }

    Optional<ChangeEntity> changeForUpdate(String id) {
        return Optional.ofNullable(entities.find(ChangeEntity.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    /** The first that waits, when its time has come; those after it wait for it only where they have the same name. */
    Optional<ChangeEntity> nextDue(String repositoryId, Instant now) {
        return entities.createQuery(
                        "from ChangeEntity c where c.repositoryId = :repository and c.state = 'waiting' and c.dueAt <= :now"
                                + " and not exists (select 1 from ChangeEntity e where e.repositoryId = c.repositoryId"
                                + " and e.kind = c.kind and e.name = c.name and e.state = 'waiting'"
                                + " and e.number < c.number) order by c.number",
                        ChangeEntity.class)
                .setParameter("repository", repositoryId)
                .setParameter("now", now)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    /** Branches of which changes are due, with how many of each; at most 100 branches. */
    Map<String, Integer> waitingBranches(String repositoryId, Instant now) {
        return entities.createQuery(
                        "select name, count(*) from ChangeEntity where repositoryId = :repository and state = 'waiting'"
                                + " and dueAt <= :now and kind in ('push', 'connect') group by name order by min(number)",
                        Object[].class)
                .setParameter("repository", repositoryId)
                .setParameter("now", now)
                .setMaxResults(100)
                .getResultStream()
                .collect(Collectors.toMap(row -> (String) row[0], row -> ((Number) row[1]).intValue()));
    }

    /** The newest of that name. */
    Optional<ChangeEntity> latest(String repositoryId, String kind, String name) {
        return entities.createQuery(
                        "from ChangeEntity where repositoryId = :repository and kind = :kind and name = :name"
                                + " order by number desc",
                        ChangeEntity.class)
                .setParameter("repository", repositoryId)
                .setParameter("kind", kind)
                .setParameter("name", name)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    /** All of that name, newest first; at most 50. */
    List<ChangeEntity> named(String repositoryId, String kind, String name) {
        return entities.createQuery(
                        "from ChangeEntity where repositoryId = :repository and kind = :kind and name = :name"
                                + " order by number desc",
                        ChangeEntity.class)
                .setParameter("repository", repositoryId)
                .setParameter("kind", kind)
                .setParameter("name", name)
                .setMaxResults(50)
                .getResultList();
    }

    /** Newest first. */
    List<ChangeEntity> changesOf(String organizationId, int offset, int limit) {
        return entities.createQuery(
                        "select c from ChangeEntity c, RepositoryEntity r where c.repositoryId = r.id"
                                + " and r.organizationId = :organization order by c.number desc",
                        ChangeEntity.class)
                .setParameter("organization", organizationId)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
    }

    long countChanges(String organizationId) {
        return entities.createQuery(
                        "select count(*) from ChangeEntity c, RepositoryEntity r where c.repositoryId = r.id"
                                + " and r.organizationId = :organization",
                        Long.class)
                .setParameter("organization", organizationId)
                .getSingleResult();
    }

    List<ChangeRunEntity> runs(String changeId) {
        return entities.createQuery("from ChangeRunEntity where changeId = :change", ChangeRunEntity.class)
                .setParameter("change", changeId)
                .getResultList();
    }

    Optional<ChangeRunEntity> ofRun(String runId) {
        return entities.createQuery("from ChangeRunEntity where runId = :run", ChangeRunEntity.class)
                .setParameter("run", runId)
                .getResultStream()
                .findFirst();
    }

    void add(Object row) {
        entities.persist(row);
        entities.flush();
    }

    void flush() {
        entities.flush();
    }
}
