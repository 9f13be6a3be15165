package io.terrafleet.api.organization;

import io.quarkus.hibernate.orm.PersistenceUnit;
import io.terrafleet.api.problem.Problem;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import org.hibernate.exception.ConstraintViolationException;

/** Rows of projects' tags and of reserved keys. */
@Singleton
class TagStore {
    private final EntityManager entities;

    TagStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    /** By key. */
    List<ProjectTagEntity> ofProject(String projectId) {
        return entities.createQuery(
                        "from ProjectTagEntity where projectId = :project order by key", ProjectTagEntity.class)
                .setParameter("project", projectId)
                .getResultList();
    }

    Optional<ProjectTagEntity> tag(String projectId, String key) {
        return Optional.ofNullable(entities.find(ProjectTagEntity.class, new ProjectTagEntity.Key(projectId, key)));
    }

    Optional<ReservedTagKeyEntity> reserved(String id) {
        return Optional.ofNullable(entities.find(ReservedTagKeyEntity.class, id));
    }

    /** By key. */
    List<ReservedTagKeyEntity> reservedOf(String organizationId) {
        return entities.createQuery(
                        "from ReservedTagKeyEntity where organizationId = :organization order by key",
                        ReservedTagKeyEntity.class)
                .setParameter("organization", organizationId)
                .getResultList();
    }

    void add(Object row) {
        entities.persist(row);
        flush();
    }

    void remove(Object row) {
        entities.remove(row);
        entities.flush();
    }

    /** Writes now; a key that somebody took at the same moment is met here. */
    void flush() {
        try {
            entities.flush();
        } catch (ConstraintViolationException e) {
            throw Problem.invalid("key", "Key has already been taken");
        }
    }
}
