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
        return entities.createQuery("from WebhookEntity where clientId = :client", WebhookEntity.class)
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

    /** Newest first. */
    List<DeliveryEntity> deliveries(String webhookId, int offset, int limit) {
        return entities.createQuery(
                        "from WebhookDeliveryEntity where webhookId = :webhook order by number desc",
                        DeliveryEntity.class)
                .setParameter("webhook", webhookId)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
    }

    long count(String webhookId) {
        return entities.createQuery("select count(*) from WebhookDeliveryEntity where webhookId = :webhook", Long.class)
                .setParameter("webhook", webhookId)
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

    void flush() {
        entities.flush();
    }
}
