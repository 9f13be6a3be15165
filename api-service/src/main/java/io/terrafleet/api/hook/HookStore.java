package io.terrafleet.api.hook;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

@ApplicationScoped
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

    /** One that was taken and has the name, or else the content. */
    Optional<DeliveryEntity> taken(String webhookId, String delivery, String bodySha256, boolean byBody) {
        return entities.createQuery(
                        "from WebhookDeliveryEntity where webhookId = :webhook and state <> 'refused'"
                                + " and (delivery = :delivery or (:byBody = true and bodySha256 = :body))"
                                + " order by case when delivery = :delivery then 0 else 1 end",
                        DeliveryEntity.class)
                .setParameter("webhook", webhookId)
                .setParameter("delivery", delivery)
                .setParameter("body", bodySha256)
                .setParameter("byBody", byBody)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
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
