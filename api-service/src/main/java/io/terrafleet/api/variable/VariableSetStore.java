package io.terrafleet.api.variable;

import io.quarkus.hibernate.orm.PersistenceUnit;
import io.terrafleet.api.problem.Problem;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.hibernate.exception.ConstraintViolationException;

@Singleton
class VariableSetStore {
    private static final String OF_ORGANIZATION =
            "from VariableSetEntity where organizationId = :organization and lower(name) like :pattern escape '!'"
                    + " and (:global is null or global = :global)";
    /** Applied by name, through the project, or to everything that the set's owner has. */
    private static final String REACHING = "from VariableSetEntity v where v.organizationId = :organization"
            + " and (:workspace member of v.workspaceIds or :project member of v.projectIds"
            + " or (v.global = true and (v.projectId is null or v.projectId = :project)))";
    /** Applied to the project itself, or owned by it. */
    private static final String OF_PROJECT = "from VariableSetEntity v where v.organizationId = :organization"
            + " and (:project member of v.projectIds or v.projectId = :project"
            + " or (v.global = true and v.projectId is null))";

    private final EntityManager entities;

    VariableSetStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    Optional<VariableSetEntity> find(String id) {
        return Optional.ofNullable(entities.find(VariableSetEntity.class, id));
    }

    Optional<VariableSetEntity> forUpdate(String id) {
        return Optional.ofNullable(entities.find(VariableSetEntity.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    Optional<VariableSetEntity> byName(String organizationId, String name) {
        return entities.createQuery(
                        "from VariableSetEntity where organizationId = :organization and lower(name) = lower(:name)",
                        VariableSetEntity.class)
                .setParameter("organization", organizationId)
                .setParameter("name", name)
                .getResultStream()
                .findFirst();
    }

    List<VariableSetEntity> list(
            String organizationId, String pattern, Optional<Boolean> global, int offset, int limit) {
        return entities.createQuery(OF_ORGANIZATION + " order by lower(name)", VariableSetEntity.class)
                .setParameter("organization", organizationId)
                .setParameter("pattern", pattern)
                .setParameter("global", global.orElse(null))
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
    }

    long count(String organizationId, String pattern, Optional<Boolean> global) {
        return entities.createQuery("select count(*) " + OF_ORGANIZATION, Long.class)
                .setParameter("organization", organizationId)
                .setParameter("pattern", pattern)
                .setParameter("global", global.orElse(null))
                .getSingleResult();
    }

    List<VariableSetEntity> reaching(String organizationId, String projectId, String workspaceId) {
        return entities.createQuery(REACHING + " order by lower(v.name)", VariableSetEntity.class)
                .setParameter("organization", organizationId)
                .setParameter("project", projectId)
                .setParameter("workspace", workspaceId)
                .getResultList();
    }

    List<VariableSetEntity> ofProject(String organizationId, String projectId) {
        return entities.createQuery(OF_PROJECT + " order by lower(v.name)", VariableSetEntity.class)
                .setParameter("organization", organizationId)
                .setParameter("project", projectId)
                .getResultList();
    }

    void add(VariableSetEntity set) {
        entities.persist(set);
        flush();
    }

    void remove(VariableSetEntity set) {
        entities.remove(set);
        flush();
    }

    /** Writes now; somebody who took the name at the same moment is met here. */
    void flush() {
        try {
            entities.flush();
        } catch (ConstraintViolationException e) {
            throw Problem.invalid("name", "Name has already been taken");
        }
    }
}
