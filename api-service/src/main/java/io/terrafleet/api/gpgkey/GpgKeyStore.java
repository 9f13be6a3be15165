package io.terrafleet.api.gpgkey;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;

@Singleton
class GpgKeyStore {
    private final EntityManager entities;

    GpgKeyStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    Optional<GpgKeyEntity> find(String organizationId, String keyId) {
        return entities.createQuery(
                        "from GpgKeyEntity where organizationId = :organization and keyId = :key", GpgKeyEntity.class)
                .setParameter("organization", organizationId)
                .setParameter("key", keyId)
                .getResultStream()
                .findFirst();
    }

    /** Oldest first. */
    List<GpgKeyEntity> list(List<String> organizationIds, int offset, int limit) {
        return entities.createQuery(
                        "from GpgKeyEntity where organizationId in :organizations order by createdAt, id",
                        GpgKeyEntity.class)
                .setParameter("organizations", organizationIds)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
    }

    long count(List<String> organizationIds) {
        return entities.createQuery(
                        "select count(*) from GpgKeyEntity where organizationId in :organizations", Long.class)
                .setParameter("organizations", organizationIds)
                .getSingleResult();
    }

    void add(GpgKeyEntity row) {
        entities.persist(row);
        entities.flush();
    }

    void remove(GpgKeyEntity row) {
        entities.remove(row);
        entities.flush();
    }
}
