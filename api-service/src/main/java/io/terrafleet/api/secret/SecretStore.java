package io.terrafleet.api.secret;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;

@Singleton
class SecretStore {
    private final EntityManager entities;

    SecretStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    Optional<byte[]> proof() {
        List<?> rows = entities.createNativeQuery("select sealed from secret_proof where id = 1", byte[].class)
                .getResultList();
        return rows.stream().map(byte[].class::cast).findFirst();
    }

    /** Keeps what another process wrote first. */
    void proof(byte[] sealed) {
        entities.createNativeQuery("insert into secret_proof (id, sealed) values (1, :sealed) on conflict do nothing")
                .setParameter("sealed", sealed)
                .executeUpdate();
    }
}
