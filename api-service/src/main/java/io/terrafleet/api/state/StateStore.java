package io.terrafleet.api.state;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

@Singleton
class StateStore {
    private static final String SURROUNDINGS = "select s.id,"
            + " (select p.id from StateEntity p where p.workspaceId = s.workspaceId"
            + " and p.sequence < s.sequence order by p.sequence desc limit 1),"
            + " (select n.id from StateEntity n where n.workspaceId = s.workspaceId"
            + " and n.sequence > s.sequence order by n.sequence limit 1),"
            + " c.commitSha, c.ingress,"
            + " (select listagg(o.id, ',') within group (order by o.position) from StateOutputEntity o"
            + " where o.stateVersionId = s.id) from StateEntity s left join RunEntity r on r.id = s.runId"
            + " left join ConfigurationEntity c on c.id = r.configurationVersionId";

    private final EntityManager entities;

    StateStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    Optional<StateEntity> find(String id) {
        return Optional.ofNullable(entities.find(StateEntity.class, id));
    }

    /** As the database has it now: to be asked under the workspace's lock. */
    Optional<StateEntity> fresh(String id) {
        Optional<StateEntity> row = find(id);
        row.ifPresent(entities::refresh);
        return row;
    }

    Optional<StateEntity> current(String workspaceId) {
        return entities
                .createQuery(
                        "from StateEntity where workspaceId = :workspace and status = 'finalized' order by sequence desc",
                        StateEntity.class)
                .setParameter("workspace", workspaceId)
                .setMaxResults(1)
                .getResultList()
                .stream()
                .findFirst();
    }

    List<String> idsOfRun(String runId) {
        return entities.createQuery("select id from StateEntity where runId = :run order by sequence", String.class)
                .setParameter("run", runId)
                .setMaxResults(100)
                .getResultList();
    }

    /** Oldest first; at most so many. */
    List<StateEntity> finalizedBefore(String workspaceId, Instant instant, int most) {
        return entities.createQuery(
                        "from StateEntity where workspaceId = :workspace and status = 'finalized'"
                                + " and createdAt < :instant order by sequence",
                        StateEntity.class)
                .setParameter("workspace", workspaceId)
                .setParameter("instant", instant)
                .setMaxResults(most)
                .getResultList();
    }

    List<StateEntity> pending(String workspaceId) {
        return entities.createQuery(
                        "from StateEntity where workspaceId = :workspace and status = 'pending' order by sequence",
                        StateEntity.class)
                .setParameter("workspace", workspaceId)
                .getResultList();
    }

    /** Newest first. */
    List<StateEntity> list(String workspaceId, Optional<String> status, int offset, int limit) {
        return entities.createQuery(
                        "from StateEntity where workspaceId = :workspace and (:status is null or status = :status)"
                                + " order by sequence desc",
                        StateEntity.class)
                .setParameter("workspace", workspaceId)
                .setParameter("status", status.orElse(null))
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
    }

    long count(String workspaceId, Optional<String> status) {
        return entities.createQuery(
                        "select count(*) from StateEntity where workspaceId = :workspace"
                                + " and (:status is null or status = :status)",
                        Long.class)
                .setParameter("workspace", workspaceId)
                .setParameter("status", status.orElse(null))
                .getSingleResult();
    }

    List<StateOutputEntity> outputs(String stateVersionId) {
        return entities.createQuery(
                        "from StateOutputEntity where stateVersionId = :state order by position",
                        StateOutputEntity.class)
                .setParameter("state", stateVersionId)
                .getResultList();
    }

    Optional<StateOutputEntity> output(String id) {
        return Optional.ofNullable(entities.find(StateOutputEntity.class, id));
    }

    /**
     * Of each of these: its id, the one before and the one after it in its workspace, and the commit of the configuration whose run wrote it,
     * with what is known of that, and the ids of its outputs, with commas between; null where there is none.
     */
    List<Object[]> surroundings(Collection<String> ids) {
        return entities.createQuery(SURROUNDINGS + " where s.id in :ids", Object[].class)
                .setParameter("ids", ids)
                .getResultList();
    }

    /** Of one; a statement for a list of ids is made anew each time. */
    List<Object[]> surroundings(String id) {
        return entities.createQuery(SURROUNDINGS + " where s.id = :id", Object[].class)
                .setParameter("id", id)
                .getResultList();
    }

    List<StateEntity> allOf(String workspaceId) {
        return entities.createQuery("from StateEntity where workspaceId = :workspace", StateEntity.class)
                .setParameter("workspace", workspaceId)
                .getResultList();
    }

    /** Ids of those that were softly deleted before; at most 100. */
    List<String> softDeletedBefore(Instant instant) {
        return entities.createQuery(
                        "select id from StateEntity where status = 'backing_data_soft_deleted'"
                                + " and softDeletedAt < :instant order by softDeletedAt",
                        String.class)
                .setParameter("instant", instant)
                .setMaxResults(100)
                .getResultList();
    }

    void removeOutputs(String stateVersionId) {
        entities.createQuery("delete from StateOutputEntity where stateVersionId = :state")
                .setParameter("state", stateVersionId)
                .executeUpdate();
    }

    void add(Object row) {
        entities.persist(row);
    }

    /** With its outputs. */
    void remove(StateEntity state) {
        entities.createQuery("delete from StateOutputEntity where stateVersionId = :state")
                .setParameter("state", state.id)
                .executeUpdate();
        entities.remove(state);
        entities.flush();
    }

    void flush() {
        entities.flush();
    }
}
