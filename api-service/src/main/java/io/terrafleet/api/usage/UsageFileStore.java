package io.terrafleet.api.usage;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

@Singleton
class UsageFileStore {
    private final EntityManager entities;

    UsageFileStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    /** @param ownerId of an organization, a project or a workspace */
    Optional<UsageFileEntity> find(String ownerId) {
        return Optional.ofNullable(entities.find(UsageFileEntity.class, ownerId));
    }

    /** In no order. */
    List<UsageFileEntity> find(Collection<String> ownerIds) {
        return entities.createQuery("from UsageFileEntity where ownerId in :owners", UsageFileEntity.class)
                .setParameter("owners", ownerIds)
                .getResultList();
    }

    void put(UsageFileEntity file) {
        entities.merge(file);
        entities.flush();
    }

    /** That this artifact is one of ours, so that it is found again when nothing names it. */
    void own(String artifactId, Instant now) {
        entities.createNativeQuery("insert into usage_artifact (artifact_id, stored_at) values (:artifact, :now)")
                .setParameter("artifact", artifactId)
                .setParameter("now", now)
                .executeUpdate();
    }

    /** Notes which artifacts no file names any more, whatever took it away. @return how many */
    int markUnused(Instant now) {
        return entities.createNativeQuery("update usage_artifact owned set unused_since = :now"
                        + " where owned.unused_since is null and not exists"
                        + " (select 1 from usage_file file where file.artifact_id = owned.artifact_id)")
                .setParameter("now", now)
                .executeUpdate();
    }

    List<String> unusedSince(Instant latest, int limit) {
        List<?> rows = entities.createNativeQuery(
                        "select artifact_id from usage_artifact where unused_since <= :latest"
                                + " order by unused_since limit :limit",
                        String.class)
                .setParameter("latest", latest)
                .setParameter("limit", limit)
                .getResultList();
        return rows.stream().map(String.class::cast).toList();
    }

    void disown(String artifactId) {
        entities.createNativeQuery("delete from usage_artifact where artifact_id = :artifact")
                .setParameter("artifact", artifactId)
                .executeUpdate();
    }

    void remove(UsageFileEntity file) {
        entities.remove(file);
        entities.flush();
    }
}
