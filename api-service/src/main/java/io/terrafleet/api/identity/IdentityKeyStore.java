package io.terrafleet.api.identity;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.util.List;

@Singleton
class IdentityKeyStore {
    private final EntityManager entities;

    IdentityKeyStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    /** The newest first. */
    List<IdentityKeyEntity> all() {
        return entities.createQuery("from IdentityKeyEntity order by createdAt desc, id", IdentityKeyEntity.class)
                .getResultList();
    }

    /** Nobody else changes keys until this transaction ends. */
    void lock() {
        entities.createNativeQuery("lock table identity_key in exclusive mode").executeUpdate();
    }

    void add(IdentityKeyEntity row) {
        entities.persist(row);
        entities.flush();
    }

    void remove(IdentityKeyEntity row) {
        entities.remove(row);
        entities.flush();
    }
}
