package io.terrafleet.api.workspace;

import io.quarkus.hibernate.orm.PersistenceUnit;
import io.terrafleet.api.access.Visibility;
import io.terrafleet.api.organization.Search;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.row.RowStore;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.hibernate.Session;
import org.hibernate.exception.ConstraintViolationException;

@Singleton
class WorkspaceStore {
    private static final String USED = "from WorkspaceTagEntity t where t.organizationId = :organization"
            + " and lower(t.key) like :pattern escape '!' and not exists (select 1 from WorkspaceTagEntity o"
            + " where o.workspaceId = :without and o.key = t.key)";

    private static final String WITH_ITS_PLACE =
            "select w, p, o from WorkspaceEntity w, ProjectEntity p, OrganizationEntity o"
                    + " where p.id = w.projectId and o.id = w.organizationId";

    private final EntityManager entities;

    WorkspaceStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    Optional<WorkspaceEntity> find(String id) {
        return Optional.ofNullable(entities.find(WorkspaceEntity.class, id));
    }

    /** Its project and organization are asked for next, by whoever shows it; read along, they are at hand then. */
    Optional<WorkspaceEntity> findWithItsPlace(String id) {
        return seen(id).or(() -> alone(entities.createQuery(WITH_ITS_PLACE + " and w.id = :id", Object[].class)
                .setParameter("id", id)));
    }

    Optional<WorkspaceEntity> byName(String organizationId, String name) {
        return alone(entities.createQuery(
                        WITH_ITS_PLACE + " and w.organizationId = :organization and w.name = :name", Object[].class)
                .setParameter("organization", organizationId)
                .setParameter("name", name));
    }

    private static Optional<WorkspaceEntity> alone(TypedQuery<Object[]> query) {
        return query.getResultList().stream().findFirst().map(row -> (WorkspaceEntity) row[0]);
    }

    /** Locks the row until the transaction ends and hands it out as it is then, even when it was read before. */
    Optional<WorkspaceEntity> forUpdate(String id) {
        return RowStore.take(entities, WorkspaceEntity.class, id);
    }

    /** What can be asked of a workspace without its row: where it lies. */
    Optional<WorkspaceTitleEntity> title(String id) {
        return Optional.ofNullable(entities.find(WorkspaceTitleEntity.class, id));
    }

    /** The row when this transaction has it already; the database is not asked. */
    Optional<WorkspaceEntity> seen(String id) {
        return RowStore.seen(entities, WorkspaceEntity.class, id);
    }

    List<WorkspaceTitleEntity> titles(Collection<String> ids) {
        return ids.size() == 1
                ? ids.stream().flatMap(id -> title(id).stream()).toList()
                : entities.unwrap(Session.class).findMultiple(WorkspaceTitleEntity.class, List.copyOf(ids)).stream()
                        .filter(Objects::nonNull)
                        .toList();
    }

    /** @param total of all pages, where it was counted along */
    record Found(List<WorkspaceEntity> rows, OptionalLong total) {}

    /** First the ids, out of an index alone, however deep the page lies; then the rows of the page. */
    Found list(WorkspaceQuery wanted, int offset, int limit) {
        WorkspaceHql hql = WorkspaceHql.of(wanted);
        if (!wanted.onlyByPlace()) {
            RowStore.planForValues(entities);
        }
        var query = entities.createQuery(
                "select w.id, " + (hql.counting() ? "count(*) over ()" : "0") + " from " + hql.from() + hql.where()
                        + hql.order(),
                Object[].class);
        hql.parameters().forEach(query::setParameter);
        List<Object[]> found = query.setFirstResult(offset).setMaxResults(limit).getResultList();
        List<String> ids = found.stream().map(row -> (String) row[0]).toList();
        List<WorkspaceEntity> rows = ids.isEmpty() ? List.of() : find(ids);
        return new Found(
                rows,
                hql.counting() && !found.isEmpty()
                        ? OptionalLong.of(((Number) found.getFirst()[1]).longValue())
                        : OptionalLong.empty());
    }

    /** An array is one value to the statement, however long it is: so the statement is made once. */
    private <T> List<T> all(String sql, Class<T> type, Collection<String> ids) {
        return entities.unwrap(Session.class)
                .createNativeQuery(sql, type)
                .addSynchronizedEntityClass(type)
                .setParameter("ids", ids.toArray(String[]::new))
                .getResultList();
    }

    /** In the order of the ids. One of them may be at hand already; many are read at once. */
    List<WorkspaceEntity> find(List<String> ids) {
        return ids.size() == 1
                ? ids.stream().flatMap(id -> find(id).stream()).toList()
                : entities.unwrap(Session.class).findMultiple(WorkspaceEntity.class, ids).stream()
                        .filter(Objects::nonNull)
                        .toList();
    }

    long countOfProject(String projectId) {
        return entities.createQuery("select count(*) from WorkspaceEntity where projectId = :project", Long.class)
                .setParameter("project", projectId)
                .getSingleResult();
    }

    long countOfOrganization(String organizationId) {
        return entities.createQuery(
                        "select count(*) from WorkspaceEntity where organizationId = :organization", Long.class)
                .setParameter("organization", organizationId)
                .getSingleResult();
    }

    List<String> dueForDestruction(Instant now) {
        return entities.createQuery(
                        "select id from WorkspaceEntity where autoDestroyAt <= :now order by autoDestroyAt",
                        String.class)
                .setParameter("now", now)
                .setMaxResults(100)
                .getResultList();
    }

    /** Its tags by key; its project and organization, which are asked for next, are read along where none was read yet. */
    List<WorkspaceTagEntity> tagsAndPlace(WorkspaceEntity workspace) {
        if (RowStore.seesAny(entities, "ProjectEntity") && RowStore.seesAny(entities, "OrganizationEntity")) {
            return tags(List.of(workspace.id));
        }
        return entities
                .createQuery(
                        "select t, p, o from ProjectEntity p join OrganizationEntity o on o.id = p.organizationId"
                                + " left join WorkspaceTagEntity t on t.workspaceId = :workspace"
                                + " where p.id = :project order by t.key",
                        Object[].class)
                .setParameter("workspace", workspace.id)
                .setParameter("project", workspace.projectId)
                .getResultList()
                .stream()
                .filter(row -> row[0] != null)
                .map(row -> (WorkspaceTagEntity) row[0])
                .toList();
    }

    List<WorkspaceTagEntity> tags(Collection<String> workspaceIds) {
        if (workspaceIds.size() == 1) {
            return entities.createQuery(
                            "from WorkspaceTagEntity where workspaceId = :id order by key", WorkspaceTagEntity.class)
                    .setParameter("id", workspaceIds.iterator().next())
                    .getResultList();
        }
        return all(
                "select * from workspace_tag where workspace_id = any(:ids) order by workspace_id, key",
                WorkspaceTagEntity.class,
                workspaceIds);
    }

    List<WorkspaceTags.Used> usedTags(WorkspaceTags.Wanted wanted, int offset, int limit) {
        return usedTags("select t.key, count(*) ", " group by t.key order by t.key", Object[].class, wanted)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultStream()
                .map(row -> new WorkspaceTags.Used((String) row[0], (Long) row[1]))
                .toList();
    }

    long countUsedTags(WorkspaceTags.Wanted wanted) {
        return usedTags("select count(distinct t.key) ", "", Long.class, wanted).getSingleResult();
    }

    private <T> TypedQuery<T> usedTags(String before, String after, Class<T> type, WorkspaceTags.Wanted wanted) {
        TypedQuery<T> query = entities.createQuery(
                        before + USED + " and " + wanted.visible().ofWorkspaceId("t.workspaceId") + after, type)
                .setParameter("organization", wanted.organizationId())
                .setParameter("pattern", Search.containing(wanted.search()))
                .setParameter("without", wanted.without().orElse(""));
        wanted.visible().parameters().forEach(query::setParameter);
        return query;
    }

    List<WorkspaceTagEntity> tagsNamed(String organizationId, Collection<String> keys) {
        return entities.createQuery(
                        "from WorkspaceTagEntity t where t.organizationId = :organization and t.key in :keys",
                        WorkspaceTagEntity.class)
                .setParameter("organization", organizationId)
                .setParameter("keys", keys)
                .getResultList();
    }

    Optional<WorkspaceTagEntity> tag(String workspaceId, String key) {
        return Optional.ofNullable(
                entities.find(WorkspaceTagEntity.class, new WorkspaceTagEntity.Key(workspaceId, key)));
    }

    void add(Object entity) {
        entities.persist(entity);
    }

    void remove(Object entity) {
        entities.remove(entity);
    }

    /** Writes now; somebody who took the name at the same moment is met here. */
    void flush() {
        try {
            entities.flush();
        } catch (ConstraintViolationException e) {
            throw Problem.invalid("name", "Name has already been taken");
        }
    }

    /** Ids of the tokens of those that follow, in the order of their names. */
    List<String> tokensFollowing(String organizationId, Optional<String> clientId, String identifier) {
        return entities.createQuery(
                        "select vcsOauthTokenId from WorkspaceEntity where organizationId = :organization"
                                + " and lower(vcsIdentifier) = :identifier and coalesce(vcsClientId, '') = :client"
                                + " and vcsOauthTokenId is not null order by name",
                        String.class)
                .setParameter("organization", organizationId)
                .setParameter("identifier", identifier.toLowerCase(java.util.Locale.ROOT))
                .setParameter("client", clientId.orElse(""))
                .getResultList();
    }

    /** Names of those that take their configuration over the connection, in their order. */
    List<String> namesOver(String clientId, Visibility visible, int most) {
        return over("select w.name ", " order by w.name", String.class, clientId, visible)
                .setMaxResults(most)
                .getResultList();
    }

    long countOver(String clientId, Visibility visible) {
        return over("select count(*) ", "", Long.class, clientId, visible).getSingleResult();
    }

    private <T> TypedQuery<T> over(String before, String after, Class<T> type, String clientId, Visibility visible) {
        TypedQuery<T> query = entities.createQuery(
                        before + "from WorkspaceEntity w where w.vcsClientId = :client and "
                                + visible.ofWorkspace("w.id", "w.projectId") + after,
                        type)
                .setParameter("client", clientId);
        visible.parameters().forEach(query::setParameter);
        return query;
    }

    /** The branches that are followed, with an empty text where it is the default branch. */
    List<String> branchesFollowed(String organizationId, Optional<String> clientId, String identifier) {
        return entities.createQuery(
                        "select distinct vcsBranch from WorkspaceEntity where organizationId = :organization"
                                + " and lower(vcsIdentifier) = :identifier and coalesce(vcsClientId, '') = :client",
                        String.class)
                .setParameter("organization", organizationId)
                .setParameter("identifier", identifier.toLowerCase(java.util.Locale.ROOT))
                .setParameter("client", clientId.orElse(""))
                .getResultList();
    }

    /** By name. */
    List<WorkspaceEntity> following(String organizationId, Optional<String> clientId, String identifier) {
        return entities.createQuery(
                        "from WorkspaceEntity where organizationId = :organization and lower(vcsIdentifier) = :identifier"
                                + " and coalesce(vcsClientId, '') = :client order by name",
                        WorkspaceEntity.class)
                .setParameter("organization", organizationId)
                .setParameter("identifier", identifier.toLowerCase(java.util.Locale.ROOT))
                .setParameter("client", clientId.orElse(""))
                .getResultList();
    }
}
