package io.terrafleet.api.login;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Optional;

@Singleton
class LoginStore {
    private final EntityManager entities;

    LoginStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    void add(LoginCodeEntity code) {
        entities.persist(code);
    }

    /** The row, which is gone then: of two who come at once only one gets it. */
    Optional<LoginCodeEntity> take(byte[] hash) {
        Optional<LoginCodeEntity> found = entities.createQuery(
                        "from LoginCodeEntity where hash = :hash", LoginCodeEntity.class)
                .setParameter("hash", hash)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .findFirst();
        found.ifPresent(entities::remove);
        return found;
    }

    void removeExpired(Instant now) {
        entities.createQuery("delete from LoginCodeEntity where expiresAt <= :now")
                .setParameter("now", now)
                .executeUpdate();
    }
}
