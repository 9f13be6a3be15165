package io.terrafleet.api.toolversion;

import io.quarkus.hibernate.orm.PersistenceUnit;
import io.terrafleet.api.problem.Problem;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import org.hibernate.exception.ConstraintViolationException;

@Singleton
class ToolVersionStore {
    private final EntityManager entities;

    ToolVersionStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    Optional<ToolVersionEntity> find(String id) {
        return Optional.ofNullable(entities.find(ToolVersionEntity.class, id));
    }

    Optional<ToolVersionEntity> byVersion(String engine, String version) {
        return entities.createQuery(
                        "from ToolVersionEntity where engine = :engine and version = :version", ToolVersionEntity.class)
                .setParameter("engine", engine)
                .setParameter("version", version)
                .getResultStream()
                .findFirst();
    }

    List<ToolVersionEntity> all(String engine) {
        return entities.createQuery("from ToolVersionEntity where engine = :engine", ToolVersionEntity.class)
                .setParameter("engine", engine)
                .getResultList();
    }

    List<ToolVersionEntity> all() {
        return entities.createQuery("from ToolVersionEntity", ToolVersionEntity.class)
                .getResultList();
    }

    /** Workspaces that ask for exactly this version. */
    long usage(String engine, String version) {
        return entities.createQuery(
                        "select count(*) from WorkspaceEntity where engine = :engine and terraformVersion = :version",
                        Long.class)
                .setParameter("engine", engine)
                .setParameter("version", version)
                .getSingleResult();
    }

    void add(ToolVersionEntity row) {
        entities.persist(row);
    }

    void remove(ToolVersionEntity row) {
        entities.remove(row);
        entities.flush();
    }

    /** Writes now; a version that is listed already is met here. */
    void flush() {
        try {
            entities.flush();
        } catch (ConstraintViolationException e) {
            throw Problem.invalid("version", "Version has already been taken");
        }
    }
}
