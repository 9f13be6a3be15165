package io.terrafleet.api.hook;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

@Singleton
class HookStore {
    private final EntityManager entities;

    HookStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    Optional<WebhookEntity> webhook(String id) {
        return Optional.ofNullable(entities.find(WebhookEntity.class, id));
    }

    Optional<WebhookEntity> webhookOf(String clientId) {
        return entities.createQuery(
                        "from WebhookEntity where clientId = :client and repositoryId is null", WebhookEntity.class)
                .setParameter("client", clientId)
                .getResultStream()
                .findFirst();
    }

    Optional<DeliveryEntity> delivery(String id) {
        return Optional.ofNullable(entities.find(DeliveryEntity.class, id));
    }

    Optional<DeliveryEntity> deliveryForUpdate(String id) {
        return Optional.ofNullable(entities.find(DeliveryEntity.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    /** The one that the platform has made for a repository. */
    Optional<WebhookEntity> webhookOfRepository(String repositoryId) {
        return entities.createQuery("from WebhookEntity where repositoryId = :repository", WebhookEntity.class)
                .setParameter("repository", repositoryId)
                .getResultStream()
                .findFirst();
    }

    Optional<RepositoryHookEntity> registration(String repositoryId) {
        return Optional.ofNullable(entities.find(RepositoryHookEntity.class, repositoryId));
    }

    Optional<RepositoryHookEntity> registrationForUpdate(String repositoryId) {
        return Optional.ofNullable(
                entities.find(RepositoryHookEntity.class, repositoryId, LockModeType.PESSIMISTIC_WRITE));
    }

    /** Ids of repositories; at most 50. */
    List<String> registrationsDue(Instant now) {
        return entities.createQuery(
                        "select repositoryId from RepositoryHookEntity where dueAt <= :now order by dueAt",
                        String.class)
                .setParameter("now", now)
                .setMaxResults(50)
                .getResultList();
    }

    /** At most 1,000. */
    List<RepositoryHookEntity> registrationsOf(String clientId) {
        return entities.createQuery(
                        "select h from RepositoryHookEntity h, RepositoryEntity r where h.repositoryId = r.id"
                                + " and r.clientId = :client",
                        RepositoryHookEntity.class)
                .setParameter("client", clientId)
                .setMaxResults(1_000)
                .getResultList();
    }

    /** Those that have waited to be read since before then, oldest first; at most 200. */
    List<DeliveryEntity> unread(Instant before) {
        return entities.createQuery(
                        "from WebhookDeliveryEntity where state = 'received' and receivedAt < :before order by receivedAt",
                        DeliveryEntity.class)
                .setParameter("before", before)
                .setMaxResults(200)
                .getResultList();
    }

    /** At most 50. */
    List<String> farewellsDue(Instant now) {
        return entities.createQuery(
                        "select id from WebhookFarewellEntity where dueAt <= :now order by dueAt", String.class)
                .setParameter("now", now)
                .setMaxResults(50)
                .getResultList();
    }

    Optional<FarewellEntity> farewellForUpdate(String id) {
        return Optional.ofNullable(entities.find(FarewellEntity.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    /** Newest first. */
    List<DeliveryEntity> deliveries(String clientId, int offset, int limit) {
        return entities.createQuery(
                        "select d from WebhookDeliveryEntity d, WebhookEntity w where d.webhookId = w.id"
                                + " and w.clientId = :client order by d.number desc",
                        DeliveryEntity.class)
                .setParameter("client", clientId)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
    }

    long count(String clientId) {
        return entities.createQuery(
                        "select count(*) from WebhookDeliveryEntity d, WebhookEntity w where d.webhookId = w.id"
                                + " and w.clientId = :client",
                        Long.class)
                .setParameter("client", clientId)
                .getSingleResult();
    }

    int removeBefore(Instant instant) {
        return entities.createQuery("delete from WebhookDeliveryEntity where receivedAt < :instant")
                .setParameter("instant", instant)
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

    void flush() {
        entities.flush();
    }
}
