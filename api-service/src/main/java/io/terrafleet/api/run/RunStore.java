package io.terrafleet.api.run;

import io.quarkus.hibernate.orm.panache.PanacheQuery;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.terrafleet.api.access.Visibility;
import io.terrafleet.api.row.RowStore;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.WorkspaceId;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hibernate.Session;

@Singleton
class RunStore implements PanacheRepositoryBase<RunEntity, String> {
    private static final String WORKING = "organizationId = ?1 and finished = false and agentPoolId is null"
            + " and status in ('plan_queued', 'planning', 'apply_queued', 'applying')";

    /** Pending, and nothing but a place is missing: a plan that needs no workspace, or the head of a queue that nobody holds up. */
    private static final String READY = "r.finished = false and r.status = 'pending' and r.agentPoolId is null"
            + " and (r.planOnly = true or exists (select 1 from WorkspaceEntity w"
            + " where w.id = r.workspaceId and w.lockHolder is null and w.currentRunId = r.id))";

    Optional<RunEntity> find(RunId id) {
        return findByIdOptional(id.value());
    }

    /** Where its workspace lies is asked for next, by whoever shows a run; read along, it is at hand then. */
    Optional<RunEntity> findWithItsPlace(RunId id) {
        return RowStore.seen(getEntityManager(), RunEntity.class, id.value()).or(() -> getEntityManager()
                .createQuery(
                        "select r, w from RunEntity r left join WorkspaceTitleEntity w on w.id = r.workspaceId"
                                + " where r.id = :id",
                        Object[].class)
                .setParameter("id", id.value())
                .getResultList()
                .stream()
                .findFirst()
                .map(row -> (RunEntity) row[0]));
    }

    Optional<RunEntity> findForUpdate(RunId id) {
        return RowStore.take(getEntityManager(), RunEntity.class, id.value());
    }

    /** Found among the runs of its workspace: only few configurations are asked about, and an index costs every run. */
    Optional<RunEntity> firstOf(String workspaceId, String configurationId) {
        return find("workspaceId = ?1 and configurationVersionId = ?2 order by number", workspaceId, configurationId)
                .page(0, 1)
                .firstResultOptional();
    }

    List<RunEntity> all(Collection<RunId> ids) {
        return getEntityManager()
                .unwrap(Session.class)
                .findMultiple(RunEntity.class, ids.stream().map(RunId::value).toList())
                .stream()
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * Locks the run and, before it, its workspace in one statement; what the transaction has read before would not be read again, so
     * then it does nothing. Empty too for a run that does not exist.
     */
    Optional<RunEntity> takeWithItsWorkspace(RunId id) {
        boolean seen =
                RowStore.seen(getEntityManager(), RunEntity.class, id.value()).isPresent()
                        || RowStore.seesAny(getEntityManager(), "WorkspaceEntity");
        return seen
                ? Optional.empty()
                : getEntityManager()
                        .createQuery(
                                "select w, r from WorkspaceEntity w join RunEntity r on r.workspaceId = w.id"
                                        + " where r.id = :id",
                                Object[].class)
                        .setParameter("id", id.value())
                        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                        .getResultList()
                        .stream()
                        .findFirst()
                        .map(row -> (RunEntity) row[1]);
    }

    /** It never changes, so no lock is needed to know it. */
    Optional<WorkspaceId> workspaceOf(RunId id) {
        return RowStore.seen(getEntityManager(), RunEntity.class, id.value())
                .map(row -> row.workspaceId)
                .or(() -> getEntityManager()
                        .createQuery("select workspaceId from RunEntity where id = :id", String.class)
                        .setParameter("id", id.value())
                        .getResultStream()
                        .findFirst())
                .map(WorkspaceId::new);
    }

    /** The oldest run that waits for the workspace's turn: to plan, or to apply a saved plan. */
    Optional<RunEntity> firstWaiting(WorkspaceId workspace) {
        return find(
                        "workspaceId = ?1 and finished = false and status in ('pending', 'confirmed') and planOnly = false"
                                + " order by number",
                        workspace.value())
                .firstResultOptional();
    }

    /** How many runs that need the workspace stand before this one and are not over. */
    long aheadInQueue(RunEntity run) {
        return count(
                "workspaceId = ?1 and finished = false and planOnly = false and number < ?2"
                        + " and (holdsTurn = true or status in ('pending', 'confirmed'))",
                run.workspaceId,
                run.number);
    }

    /** Newest first. */
    List<RunEntity> list(
            String column, String value, Map<String, List<String>> filters, Visibility visible, int offset, int limit) {
        return listOf(column, value, filters, visible)
                .range(offset, offset + limit - 1)
                .list();
    }

    long count(String column, String value, Map<String, List<String>> filters, Visibility visible) {
        return listOf(column, value, filters, visible).count();
    }

    private PanacheQuery<RunEntity> listOf(
            String column, String value, Map<String, List<String>> filters, Visibility visible) {
        RunFilters wanted = RunFilters.of(column, value, filters);
        if (filters.keySet().stream().anyMatch(name -> !name.equals("plan_only"))) {
            RowStore.planForValues(getEntityManager());
        }
        Map<String, Object> parameters = new HashMap<>(wanted.parameters());
        parameters.putAll(visible.parameters());
        return find(
                wanted.where() + " and " + visible.ofWorkspaceId("workspaceId") + " order by number desc", parameters);
    }

    /** Those of its workspace that need the workspace, stand before it and are not over; newest first, so the one that holds the turn is last. */
    List<RunId> unfinishedBefore(RunEntity run) {
        return find(
                        "workspaceId = ?1 and finished = false and planOnly = false and number < ?2"
                                + " and (holdsTurn = true or status in ('pending', 'confirmed')) order by number desc",
                        run.workspaceId,
                        run.number)
                .<RunEntity>list()
                .stream()
                .map(row -> new RunId(row.id))
                .toList();
    }

    /** Until the transaction ends nobody else gets past this for the organization. */
    void oneByOne(String organizationId) {
        getEntityManager()
                .createNativeQuery("select 1 from pg_advisory_xact_lock(hashtextextended(:organization, 1991))")
                .setParameter("organization", organizationId)
                .getSingleResult();
    }

    /** How many runs are not over, by status. */
    Map<String, Long> unfinished() {
        Map<String, Long> counts = new HashMap<>();
        getEntityManager()
                .createQuery(
                        "select status, count(*) from RunEntity where finished = false group by status", Object[].class)
                .getResultList()
                .forEach(row -> counts.put((String) row[0], (Long) row[1]));
        return counts;
    }

    long countWorking(String organizationId) {
        return count(WORKING, organizationId);
    }

    List<RunEntity> working(String organizationId) {
        return find(WORKING + " order by number", organizationId).page(0, 500).list();
    }

    List<RunEntity> readyForPlace(String organizationId) {
        return find("from RunEntity r where r.organizationId = ?1 and " + READY + " order by r.number", organizationId)
                .page(0, 500)
                .list();
    }

    List<RunEntity> pending(String organizationId) {
        return find("organizationId = ?1 and finished = false and status = 'pending' order by number", organizationId)
                .page(0, 500)
                .list();
    }

    /** Those of the runs that may be seen. */
    List<String> visible(List<String> ids, Visibility visible) {
        if (ids.isEmpty()) {
            return List.of();
        }
        var query = getEntityManager()
                .createQuery(
                        "select id from RunEntity where id in :ids and " + visible.ofWorkspaceId("workspaceId"),
                        String.class)
                .setParameter("ids", ids);
        visible.parameters().forEach(query::setParameter);
        return query.getResultList();
    }

    @Transactional
    List<String> readyIds(String organizationId) {
        return readyForPlace(organizationId).stream().map(row -> row.id).toList();
    }

    @Transactional
    List<String> organizationsWithReady() {
        return getEntityManager()
                .createQuery("select distinct r.organizationId from RunEntity r where " + READY, String.class)
                .setMaxResults(500)
                .getResultList();
    }

    /** Those that wait for an agent of the pool, oldest first; at most 50. */
    List<RunEntity> queuedFor(String poolId) {
        return find(
                        "agentPoolId = ?1 and finished = false and status in ('plan_queued', 'apply_queued') order by number",
                        poolId)
                .page(0, 50)
                .list();
    }

    /**
     * Ids of unfinished runs that have not changed since, and wait neither for a person nor for their turn nor, however long, for an
     * agent; at most 500 at a time.
     */
    List<String> idleSince(Instant instant) {
        return getEntityManager()
                .createQuery(
                        "select id from RunEntity where finished = false and changedAt < :instant and status not in"
                                + " ('pending', 'confirmed', 'policy_override', 'policy_checked', 'planned_and_saved')"
                                + " and (agentPoolId is null or status not in ('plan_queued', 'apply_queued'))"
                                + " order by changedAt",
                        String.class)
                .setParameter("instant", instant)
                .setMaxResults(500)
                .getResultList();
    }

    /** Those that wait for another service, and those that ended since, in the order in which they were made. */
    List<String> announced(Instant endedSince) {
        return getEntityManager()
                .createQuery(
                        "select id from RunEntity where (finished = false and status not in"
                                + " ('pending', 'confirmed', 'policy_override', 'policy_checked', 'planned_and_saved'))"
                                + " or (finished = true and changedAt >= :since) order by number",
                        String.class)
                .setParameter("since", endedSince)
                .getResultList();
    }

    List<RunEventEntity> events(RunId run) {
        return getEntityManager()
                .createQuery("from RunEventEntity where runId = :run order by createdAt, id", RunEventEntity.class)
                .setParameter("run", run.value())
                .setMaxResults(500)
                .getResultList();
    }

    Optional<RunEventEntity> event(String id) {
        return Optional.ofNullable(getEntityManager().find(RunEventEntity.class, id));
    }

    void add(RunEventEntity event) {
        getEntityManager().persist(event);
    }
}
