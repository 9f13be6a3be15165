package io.terrafleet.api.agentpool;

import io.quarkus.hibernate.orm.PersistenceUnit;
import io.terrafleet.api.organization.Search;
import io.terrafleet.api.problem.Problem;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hibernate.exception.ConstraintViolationException;

@Singleton
class AgentPoolStore {
    private static final String WANTED = "from AgentPoolEntity p where p.organizationId = :organization"
            + " and lower(p.name) like :search escape '!'"
            + " and (:workspace = '' or exists (select 1 from AgentPoolWorkspaceEntity a, WorkspaceEntity w"
            + " where a.poolId = p.id and a.excluded = false and w.id = a.workspaceId and w.name = :workspace)"
            + " or (p.organizationScoped = true and not exists (select 1 from AgentPoolWorkspaceEntity x, WorkspaceEntity v"
            + " where x.poolId = p.id and x.excluded = true and v.id = x.workspaceId and v.name = :workspace)))"
            + " and (:project = '' or p.organizationScoped = true or exists (select 1 from AgentPoolProjectEntity b,"
            + " ProjectEntity j where b.poolId = p.id and j.id = b.projectId and j.name = :project))";

    /** Whose runs go to the pool: by a choice of their own, or by what their project or organization says. */
    private static final String USERS = "from WorkspaceEntity w, ProjectEntity j, OrganizationEntity o"
            + " where j.id = w.projectId and o.id = w.organizationId and ("
            + "(w.ownExecutionMode = true and w.agentPoolId = :pool) or (w.ownExecutionMode = false and"
            + " ((j.defaultExecutionMode is not null and j.defaultAgentPoolId = :pool)"
            + " or (j.defaultExecutionMode is null and o.defaultAgentPoolId = :pool))))";

    private final EntityManager entities;

    AgentPoolStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Which pools of an organization are wanted.
     *
     * @param workspace the name of one that may use it; empty for any
     * @param project the name of one that may use it; empty for any
     */
    record Wanted(String organizationId, String search, String workspace, String project, boolean newestFirst) {}

    Optional<AgentPoolEntity> find(String id) {
        return Optional.ofNullable(entities.find(AgentPoolEntity.class, id));
    }

    Optional<AgentPoolEntity> forUpdate(String id) {
        return Optional.ofNullable(entities.find(AgentPoolEntity.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    List<AgentPoolEntity> list(Wanted wanted, int offset, int limit) {
        String order = wanted.newestFirst() ? " order by p.createdAt desc, p.id" : " order by lower(p.name)";
        return bind(entities.createQuery("select p " + WANTED + order, AgentPoolEntity.class), wanted)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
    }

    long count(Wanted wanted) {
        return bind(entities.createQuery("select count(*) " + WANTED, Long.class), wanted)
                .getSingleResult();
    }

    List<String> named(String organizationId, List<String> names) {
        return entities.createQuery(
                        "select id from AgentPoolEntity where organizationId = :organization and name in :names",
                        String.class)
                .setParameter("organization", organizationId)
                .setParameter("names", names)
                .getResultList();
    }

    private static <T> TypedQuery<T> bind(TypedQuery<T> query, Wanted wanted) {
        return query.setParameter("organization", wanted.organizationId())
                .setParameter("search", Search.containing(wanted.search()))
                .setParameter("workspace", wanted.workspace())
                .setParameter("project", wanted.project());
    }

    List<AgentPoolWorkspaceEntity> workspaces(String poolId) {
        return entities.createQuery(
                        "from AgentPoolWorkspaceEntity where poolId = :pool order by workspaceId",
                        AgentPoolWorkspaceEntity.class)
                .setParameter("pool", poolId)
                .getResultList();
    }

    List<AgentPoolProjectEntity> projects(String poolId) {
        return entities.createQuery(
                        "from AgentPoolProjectEntity where poolId = :pool order by projectId",
                        AgentPoolProjectEntity.class)
                .setParameter("pool", poolId)
                .getResultList();
    }

    /** How many of the ids are rows of the organization. */
    long known(String entity, String organizationId, Collection<String> ids) {
        return ids.isEmpty()
                ? 0
                : entities.createQuery(
                                "select count(*) from " + entity
                                        + " where organizationId = :organization and id in :ids",
                                Long.class)
                        .setParameter("organization", organizationId)
                        .setParameter("ids", ids)
                        .getSingleResult();
    }

    /** Ids of the workspaces whose runs go to the pool, by name; at most 1000. */
    List<String> users(String poolId) {
        return entities.createQuery("select w.id " + USERS + " order by w.name", String.class)
                .setParameter("pool", poolId)
                .setMaxResults(1_000)
                .getResultList();
    }

    /** How many organizations and projects have it as their default. */
    long defaults(String poolId) {
        return entities.createQuery("select count(*) from ProjectEntity where defaultAgentPoolId = :pool", Long.class)
                        .setParameter("pool", poolId)
                        .getSingleResult()
                + entities.createQuery(
                                "select count(*) from OrganizationEntity where defaultAgentPoolId = :pool", Long.class)
                        .setParameter("pool", poolId)
                        .getSingleResult();
    }

    Optional<AgentEntity> agent(String id) {
        return Optional.ofNullable(entities.find(AgentEntity.class, id));
    }

    /** Those heard of since, the last heard of first. */
    List<AgentEntity> agents(String poolId, Instant since, int offset, int limit) {
        return entities.createQuery(
                        "from AgentEntity where poolId = :pool and lastPingAt >= :since order by lastPingAt desc, id",
                        AgentEntity.class)
                .setParameter("pool", poolId)
                .setParameter("since", since)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
    }

    long countAgents(String poolId, Instant since) {
        return entities.createQuery(
                        "select count(*) from AgentEntity where poolId = :pool and lastPingAt >= :since", Long.class)
                .setParameter("pool", poolId)
                .setParameter("since", since)
                .getSingleResult();
    }

    /** Agents that have been silent for long are forgotten. */
    void forgetAgents(String poolId, Instant before) {
        entities.createQuery("delete from AgentEntity where poolId = :pool and lastPingAt < :before")
                .setParameter("pool", poolId)
                .setParameter("before", before)
                .executeUpdate();
    }

    void add(Object row) {
        entities.persist(row);
    }

    void remove(Object row) {
        entities.remove(row);
        entities.flush();
    }

    /** Writes now; a name that is taken is met here. */
    void flush() {
        try {
            entities.flush();
        } catch (ConstraintViolationException e) {
            throw Problem.invalid("name", "Name has already been taken");
        }
    }
}
