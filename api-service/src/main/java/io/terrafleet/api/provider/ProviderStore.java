package io.terrafleet.api.provider;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;

@Singleton
class ProviderStore {
    private static final String MATCHING = "from ProviderEntity where organizationId = :organization"
            + " and lower(name) like :search escape '!' and (:registry = '' or registryName = :registry)";

    private final EntityManager entities;

    ProviderStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    <T> Optional<T> find(Class<T> type, String id) {
        return Optional.ofNullable(entities.find(type, id));
    }

    <T> Optional<T> forUpdate(Class<T> type, String id) {
        return Optional.ofNullable(entities.find(type, id, LockModeType.PESSIMISTIC_WRITE));
    }

    Optional<ProviderEntity> named(String organizationId, String registry, String namespace, String name) {
        return entities.createQuery(
                        "from ProviderEntity where organizationId = :organization and registryName = :registry"
                                + " and lower(namespace) = lower(:namespace) and name = :name",
                        ProviderEntity.class)
                .setParameter("organization", organizationId)
                .setParameter("registry", registry)
                .setParameter("namespace", namespace)
                .setParameter("name", name)
                .getResultStream()
                .findFirst();
    }

    List<ProviderEntity> list(String organizationId, String search, String registry, int offset, int limit) {
        return entities.createQuery(MATCHING + " order by name, id", ProviderEntity.class)
                .setParameter("organization", organizationId)
                .setParameter("search", search)
                .setParameter("registry", registry)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
    }

    long count(String organizationId, String search, String registry) {
        return entities.createQuery("select count(*) " + MATCHING, Long.class)
                .setParameter("organization", organizationId)
                .setParameter("search", search)
                .setParameter("registry", registry)
                .getSingleResult();
    }

    List<ProviderVersionEntity> versions(String providerId) {
        return entities.createQuery(
                        "from ProviderVersionEntity where providerId = :provider", ProviderVersionEntity.class)
                .setParameter("provider", providerId)
                .getResultList();
    }

    List<ProviderPlatformEntity> platforms(String versionId) {
        return entities.createQuery(
                        "from ProviderPlatformEntity where versionId = :version order by os, arch",
                        ProviderPlatformEntity.class)
                .setParameter("version", versionId)
                .getResultList();
    }

    boolean signedWith(String organizationId, String keyId) {
        return entities.createQuery(
                                "select count(*) from ProviderVersionEntity version, ProviderEntity provider"
                                        + " where version.providerId = provider.id"
                                        + " and provider.organizationId = :organization and version.keyId = :key",
                                Long.class)
                        .setParameter("organization", organizationId)
                        .setParameter("key", keyId)
                        .getSingleResult()
                > 0;
    }

    void add(Object row) {
        entities.persist(row);
        entities.flush();
    }

    void remove(Object row) {
        entities.remove(row);
        entities.flush();
    }
}
