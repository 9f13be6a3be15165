package io.terrafleet.api.command;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

@Singleton
class CommandStore {
    private final EntityManager entities;

    CommandStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    boolean isKnown(String repositoryId, String commentId) {
        return entities.createQuery(
                                "select count(*) from CommentCommandEntity where repositoryId = :repository"
                                        + " and commentId = :comment",
                                Long.class)
                        .setParameter("repository", repositoryId)
                        .setParameter("comment", commentId)
                        .getSingleResult()
                > 0;
    }

    /** How often the account has commanded on the pull request. */
    long count(String repositoryId, long number, String accountId) {
        return entities.createQuery(
                        "select count(*) from CommentCommandEntity where repositoryId = :repository"
                                + " and pullNumber = :number and accountId = :account",
                        Long.class)
                .setParameter("repository", repositoryId)
                .setParameter("number", number)
                .setParameter("account", accountId)
                .getSingleResult();
    }

    /** Oldest first; at most 50. */
    List<String> due(Instant now) {
        return entities.createQuery(
                        "select id from CommentCommandEntity where dueAt <= :now order by createdAt", String.class)
                .setParameter("now", now)
                .setMaxResults(50)
                .getResultList();
    }

    Optional<CommandEntity> forUpdate(String id) {
        return Optional.ofNullable(entities.find(CommandEntity.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    Optional<HostAccountEntity> account(String clientId, String accountId) {
        return Optional.ofNullable(
                entities.find(HostAccountEntity.class, new HostAccountEntity.Key(clientId, accountId)));
    }

    List<HostAccountEntity> accountsOf(String userId) {
        return entities.createQuery(
                        "from HostAccountEntity where userId = :user order by linkedAt", HostAccountEntity.class)
                .setParameter("user", userId)
                .getResultList();
    }

    Optional<HostAccountCodeEntity> code(String sha256) {
        return Optional.ofNullable(entities.find(HostAccountCodeEntity.class, sha256, LockModeType.PESSIMISTIC_WRITE));
    }

    int removeCodes(String clientId, String userId, Instant expired) {
        return entities.createQuery("delete from HostAccountCodeEntity where expiresAt < :expired"
                        + " or (clientId = :client and userId = :user)")
                .setParameter("expired", expired)
                .setParameter("client", clientId)
                .setParameter("user", userId)
                .executeUpdate();
    }

    void add(Object row) {
        entities.persist(row);
        entities.flush();
    }

    void remove(Object row) {
        entities.remove(row);
        entities.flush();
    }
}
