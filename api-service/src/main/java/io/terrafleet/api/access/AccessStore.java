package io.terrafleet.api.access;

import io.quarkus.hibernate.orm.PersistenceUnit;
import io.terrafleet.api.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.exception.ConstraintViolationException;

@ApplicationScoped
class AccessStore {
    private final EntityManager entities;

    AccessStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    Optional<UserEntity> user(String id) {
        return Optional.ofNullable(entities.find(UserEntity.class, id));
    }

    Optional<UserEntity> userByName(String username) {
        return entities.createQuery("from UserEntity where lower(username) = lower(:name)", UserEntity.class)
                .setParameter("name", username)
                .getResultStream()
                .findFirst();
    }

    Optional<TokenEntity> tokenByHash(byte[] hash) {
        return entities.createQuery("from TokenEntity where hash = :hash", TokenEntity.class)
                .setParameter("hash", hash)
                .getResultStream()
                .findFirst();
    }

    Optional<TokenEntity> token(String id) {
        return Optional.ofNullable(entities.find(TokenEntity.class, id));
    }

    List<TokenEntity> tokensOfUser(String userId) {
        return entities.createQuery(
                        "from TokenEntity where userId = :user order by createdAt desc, id", TokenEntity.class)
                .setParameter("user", userId)
                .setMaxResults(1_000)
                .getResultList();
    }

    Optional<TokenEntity> tokenOfOrganization(String organizationId) {
        return entities.createQuery("from TokenEntity where organizationId = :organization", TokenEntity.class)
                .setParameter("organization", organizationId)
                .getResultStream()
                .findFirst();
    }

    Optional<MembershipEntity> membership(String organizationId, String userId) {
        return Optional.ofNullable(
                entities.find(MembershipEntity.class, new MembershipEntity.Key(organizationId, userId)));
    }

    Optional<MembershipEntity> membershipById(String id) {
        return entities.createQuery("from MembershipEntity where id = :id", MembershipEntity.class)
                .setParameter("id", id)
                .getResultStream()
                .findFirst();
    }

    List<MembershipEntity> memberships(String organizationId, int offset, int limit) {
        return entities.createQuery(
                        "from MembershipEntity where organizationId = :organization order by createdAt, userId",
                        MembershipEntity.class)
                .setParameter("organization", organizationId)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
    }

    long countMemberships(String organizationId) {
        return entities.createQuery(
                        "select count(*) from MembershipEntity where organizationId = :organization", Long.class)
                .setParameter("organization", organizationId)
                .getSingleResult();
    }

    /** Their rows stay locked until the transaction ends, so that two owners cannot leave at once. */
    List<MembershipEntity> ownersForUpdate(String organizationId) {
        return entities.createQuery(
                        "from MembershipEntity where organizationId = :organization and role = 'owner' order by userId",
                        MembershipEntity.class)
                .setParameter("organization", organizationId)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
    }

    List<UserEntity> usersByEmail(String email) {
        return entities.createQuery("from UserEntity where lower(email) = lower(:email)", UserEntity.class)
                .setParameter("email", email)
                .setMaxResults(2)
                .getResultList();
    }

    List<UserEntity> users(int offset, int limit) {
        return entities.createQuery("from UserEntity order by lower(username)", UserEntity.class)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
    }

    long countUsers() {
        return entities.createQuery("select count(*) from UserEntity", Long.class)
                .getSingleResult();
    }

    List<String> organizationsOf(String userId) {
        return entities.createQuery("select organizationId from MembershipEntity where userId = :user", String.class)
                .setParameter("user", userId)
                .getResultList();
    }

    /** At most once a minute, so that a busy token does not cost a write each call. */
    void touch(String tokenId, Instant now) {
        entities.createQuery("update TokenEntity set lastUsedAt = :now where id = :id"
                        + " and (lastUsedAt is null or lastUsedAt < :before)")
                .setParameter("now", now)
                .setParameter("id", tokenId)
                .setParameter("before", now.minus(Duration.ofMinutes(1)))
                .executeUpdate();
    }

    void add(Object entity) {
        entities.persist(entity);
    }

    /** Writes now; somebody who took the name, or joined, at the same moment is met here. */
    void flush() {
        try {
            entities.flush();
        } catch (ConstraintViolationException e) {
            throw Problem.unprocessable("It has already been taken: somebody did the same at this moment.");
        }
    }

    void remove(Object entity) {
        entities.remove(entity);
        entities.flush();
    }
}
