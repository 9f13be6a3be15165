package io.terrafleet.api.access;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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

    void remove(Object entity) {
        entities.remove(entity);
        entities.flush();
    }
}
