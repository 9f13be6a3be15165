package io.terrafleet.api.session;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Optional;

@Singleton
class SessionStore {
    private final EntityManager entities;

    SessionStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    void add(SessionEntity session) {
        entities.persist(session);
    }

    Optional<SessionEntity> byHash(byte[] hash) {
        return entities.createQuery("from SessionEntity where hash = :hash", SessionEntity.class)
                .setParameter("hash", hash)
                .getResultStream()
                .findFirst();
    }

    void remove(byte[] hash) {
        entities.createQuery("delete from SessionEntity where hash = :hash")
                .setParameter("hash", hash)
                .executeUpdate();
    }

    void removeExpired(Instant now) {
        entities.createQuery("delete from SessionEntity where expiresAt <= :now")
                .setParameter("now", now)
                .executeUpdate();
    }
}
