package io.terrafleet.api.module;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

@Singleton
class ModuleStore {
    private static final String MATCHING = "from ModuleEntity where organizationId = :organization"
            + " and lower(name) like :search escape '!' and (:provider = '' or provider = :provider)";

    private final EntityManager entities;

    ModuleStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    Optional<ModuleEntity> find(String id) {
        return Optional.ofNullable(entities.find(ModuleEntity.class, id));
    }

    Optional<ModuleEntity> forUpdate(String id) {
        return Optional.ofNullable(entities.find(ModuleEntity.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    Optional<ModuleEntity> named(String organizationId, String name, String provider) {
        return entities.createQuery(
                        "from ModuleEntity where organizationId = :organization and name = :name and provider ="
                                + " :provider",
                        ModuleEntity.class)
                .setParameter("organization", organizationId)
                .setParameter("name", name)
                .setParameter("provider", provider)
                .getResultStream()
                .findFirst();
    }

    List<ModuleEntity> allNamed(String organizationId, String name) {
        return entities.createQuery(
                        "from ModuleEntity where organizationId = :organization and name = :name", ModuleEntity.class)
                .setParameter("organization", organizationId)
                .setParameter("name", name)
                .getResultList();
    }

    List<ModuleEntity> allOf(String organizationId) {
        return entities.createQuery("from ModuleEntity where organizationId = :organization", ModuleEntity.class)
                .setParameter("organization", organizationId)
                .getResultList();
    }

    List<ModuleEntity> list(String organizationId, String search, String provider, int offset, int limit) {
        return entities.createQuery(MATCHING + " order by name, provider", ModuleEntity.class)
                .setParameter("organization", organizationId)
                .setParameter("search", search)
                .setParameter("provider", provider)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
    }

    long count(String organizationId, String search, String provider) {
        return entities.createQuery("select count(*) " + MATCHING, Long.class)
                .setParameter("organization", organizationId)
                .setParameter("search", search)
                .setParameter("provider", provider)
                .getSingleResult();
    }

    List<ModuleVersionEntity> versions(String moduleId) {
        return entities.createQuery("from ModuleVersionEntity where moduleId = :module", ModuleVersionEntity.class)
                .setParameter("module", moduleId)
                .getResultList();
    }

    Optional<ModuleVersionEntity> version(String id) {
        return Optional.ofNullable(entities.find(ModuleVersionEntity.class, id));
    }

    Optional<ModuleVersionEntity> versionForUpdate(String id) {
        return Optional.ofNullable(entities.find(ModuleVersionEntity.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    List<String> due(Instant now) {
        return entities.createQuery(
                        "select id from ModuleEntity where vcsDueAt <= :now order by vcsDueAt", String.class)
                .setParameter("now", now)
                .setMaxResults(20)
                .getResultList();
    }

    /**
     * Only one of several services looks.
     *
     * @return false when another one does
     */
    boolean claim(String id, Instant now, Instant next) {
        return entities.createQuery("update ModuleEntity set vcsDueAt = :next where id = :id and vcsDueAt <= :now")
                        .setParameter("next", next)
                        .setParameter("id", id)
                        .setParameter("now", now)
                        .executeUpdate()
                == 1;
    }

    /** Something was pushed to the repository that they follow. */
    int told(String organizationId, String identifier, Instant now) {
        return entities.createQuery("update ModuleEntity set vcsDueAt = :now where organizationId = :organization"
                        + " and lower(vcsIdentifier) = lower(:identifier) and vcsBranch = ''")
                .setParameter("now", now)
                .setParameter("organization", organizationId)
                .setParameter("identifier", identifier)
                .executeUpdate();
    }

    /** The repository that they follow has another name. */
    int renamed(String organizationId, String before, String identifier) {
        return entities.createQuery(
                        "update ModuleEntity set vcsIdentifier = :identifier where organizationId = :organization"
                                + " and lower(vcsIdentifier) = lower(:before)")
                .setParameter("identifier", identifier)
                .setParameter("organization", organizationId)
                .setParameter("before", before)
                .executeUpdate();
    }

    long following(String organizationId, String identifier) {
        return entities.createQuery(
                        "select count(*) from ModuleEntity where organizationId = :organization"
                                + " and lower(vcsIdentifier) = lower(:identifier)",
                        Long.class)
                .setParameter("organization", organizationId)
                .setParameter("identifier", identifier)
                .getSingleResult();
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
