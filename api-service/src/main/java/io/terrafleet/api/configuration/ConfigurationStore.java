package io.terrafleet.api.configuration;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

@Singleton
class ConfigurationStore {
    private final EntityManager entities;

    ConfigurationStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    Optional<ConfigurationEntity> find(String id) {
        return Optional.ofNullable(entities.find(ConfigurationEntity.class, id));
    }

    Optional<ConfigurationEntity> forUpdate(String id) {
        return Optional.ofNullable(entities.find(ConfigurationEntity.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    Optional<ConfigurationEntity> latestUploaded(String workspaceId) {
        return entities.createQuery(
                        "from ConfigurationEntity where workspaceId = :workspace and status = 'uploaded'"
                                + " and speculative = false and provisional = false order by createdAt desc, id desc",
                        ConfigurationEntity.class)
                .setParameter("workspace", workspaceId)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    List<ConfigurationEntity> list(String workspaceId, int offset, int limit) {
        return entities.createQuery(
                        "from ConfigurationEntity where workspaceId = :workspace order by createdAt desc, id desc",
                        ConfigurationEntity.class)
                .setParameter("workspace", workspaceId)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
    }

    long count(String workspaceId) {
        return entities.createQuery(
                        "select count(*) from ConfigurationEntity where workspaceId = :workspace", Long.class)
                .setParameter("workspace", workspaceId)
                .getSingleResult();
    }

    /** A configuration whose archive has the content of that name. */
    Optional<ConfigurationEntity> archive(String key) {
        return entities.createQuery(
                        "from ConfigurationEntity where archiveKey = :key and status = 'uploaded' order by createdAt desc",
                        ConfigurationEntity.class)
                .setParameter("key", key)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    boolean uses(String artifactId) {
        return !entities.createQuery("select 1 from ConfigurationEntity where artifactId = :artifact", Integer.class)
                .setParameter("artifact", artifactId)
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }

    List<String> artifactsOf(String workspaceId) {
        return entities.createQuery(
                        "select distinct artifactId from ConfigurationEntity where workspaceId = :workspace and artifactId is not null",
                        String.class)
                .setParameter("workspace", workspaceId)
                .getResultList();
    }

    void removeAllOf(String workspaceId) {
        entities.createQuery("delete from ConfigurationEntity where workspaceId = :workspace")
                .setParameter("workspace", workspaceId)
                .executeUpdate();
    }

    /** Ids of those that were softly deleted before; at most 100. */
    List<String> softDeletedBefore(Instant instant) {
        return entities.createQuery(
                        "select id from ConfigurationEntity where status = 'backing_data_soft_deleted'"
                                + " and softDeletedAt < :instant order by softDeletedAt",
                        String.class)
                .setParameter("instant", instant)
                .setMaxResults(100)
                .getResultList();
    }

    void add(ConfigurationEntity configuration) {
        entities.persist(configuration);
        entities.flush();
    }

    void flush() {
        entities.flush();
    }
}
