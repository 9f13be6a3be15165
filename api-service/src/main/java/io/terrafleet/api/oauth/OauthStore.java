package io.terrafleet.api.oauth;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;

@Singleton
class OauthStore {
    private final EntityManager entities;

    OauthStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    <T> Optional<T> find(Class<T> type, String id) {
        return Optional.ofNullable(entities.find(type, id));
    }

    <T> Optional<T> forUpdate(Class<T> type, String id) {
        return Optional.ofNullable(entities.find(type, id, LockModeType.PESSIMISTIC_WRITE));
    }

    /** Oldest first. */
    List<OauthClientEntity> clients(String organizationId) {
        return entities.createQuery(
                        "from OauthClientEntity where organizationId = :organization order by createdAt, id",
                        OauthClientEntity.class)
                .setParameter("organization", organizationId)
                .getResultList();
    }

    List<OauthTokenEntity> tokens(String clientId) {
        return entities.createQuery(
                        "from OauthTokenEntity where clientId = :client order by createdAt, id", OauthTokenEntity.class)
                .setParameter("client", clientId)
                .getResultList();
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
