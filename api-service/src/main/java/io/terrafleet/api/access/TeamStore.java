package io.terrafleet.api.access;

import io.quarkus.hibernate.orm.PersistenceUnit;
import io.terrafleet.api.problem.Problem;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;
import org.hibernate.exception.ConstraintViolationException;

@Singleton
class TeamStore {
    private static final String VISIBLE = "from TeamEntity t where t.organizationId = :organization"
            + " and (:named = false or t.name in :names) and lower(t.name) like :search escape '!'"
            + " and (:secret = true or t.visibility = 'organization'"
            + " or t.id in (select m.teamId from TeamMemberEntity m where m.userId = :viewer))";

    private final EntityManager entities;

    TeamStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    Optional<TeamEntity> find(String id) {
        return Optional.ofNullable(entities.find(TeamEntity.class, id));
    }

    Optional<TeamEntity> forUpdate(String id) {
        return Optional.ofNullable(entities.find(TeamEntity.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    Optional<TeamEntity> byName(String organizationId, String name) {
        return entities.createQuery(
                        "from TeamEntity where organizationId = :organization and lower(name) = lower(:name)",
                        TeamEntity.class)
                .setParameter("organization", organizationId)
                .setParameter("name", name)
                .getResultStream()
                .findFirst();
    }

    List<TeamEntity> list(TeamQuery wanted, int offset, int limit) {
        return bind(entities.createQuery(VISIBLE + " order by lower(t.name)", TeamEntity.class), wanted)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
    }

    long count(TeamQuery wanted) {
        return bind(entities.createQuery("select count(*) " + VISIBLE, Long.class), wanted)
                .getSingleResult();
    }

    private static <T> jakarta.persistence.TypedQuery<T> bind(
            jakarta.persistence.TypedQuery<T> query, TeamQuery wanted) {
        return query.setParameter("organization", wanted.organizationId())
                .setParameter("named", !wanted.names().isEmpty())
                .setParameter("names", wanted.names().isEmpty() ? List.of("") : wanted.names())
                .setParameter("search", wanted.search())
                .setParameter("secret", wanted.secret())
                .setParameter("viewer", wanted.viewer());
    }

    Optional<TeamMemberEntity> member(String teamId, String userId) {
        return Optional.ofNullable(entities.find(TeamMemberEntity.class, new TeamMemberEntity.Key(teamId, userId)));
    }

    List<UserEntity> members(String teamId) {
        return entities.createQuery(
                        "from UserEntity u where u.id in (select m.userId from TeamMemberEntity m where m.teamId = :team)"
                                + " order by lower(u.username)",
                        UserEntity.class)
                .setParameter("team", teamId)
                .setMaxResults(2_000)
                .getResultList();
    }

    List<MembershipEntity> memberships(TeamEntity team) {
        return entities.createQuery(
                        "from MembershipEntity o where o.organizationId = :organization"
                                + " and o.userId in (select m.userId from TeamMemberEntity m where m.teamId = :team)"
                                + " order by o.createdAt, o.userId",
                        MembershipEntity.class)
                .setParameter("organization", team.organizationId)
                .setParameter("team", team.id)
                .setMaxResults(2_000)
                .getResultList();
    }

    List<TeamMemberEntity> teamsIn(String organizationId, Collection<String> userIds) {
        return entities.createQuery(
                        "from TeamMemberEntity m where m.userId in :users"
                                + " and m.teamId in (select t.id from TeamEntity t where t.organizationId = :organization)",
                        TeamMemberEntity.class)
                .setParameter("users", userIds)
                .setParameter("organization", organizationId)
                .getResultList();
    }

    List<TeamProjectEntity> onProjects(Collection<String> teams, Collection<String> projects) {
        return given(
                "select * from team_project where team_id = any(:teams) and project_id = any(:places)",
                "from TeamProjectEntity where teamId = :team and projectId = :place",
                TeamProjectEntity.class,
                List.copyOf(teams),
                List.copyOf(projects));
    }

    List<TeamWorkspaceEntity> onWorkspaces(Collection<String> teams, Collection<String> workspaces) {
        return given(
                "select * from team_workspace where team_id = any(:teams) and workspace_id = any(:places)",
                "from TeamWorkspaceEntity where teamId = :team and workspaceId = :place",
                TeamWorkspaceEntity.class,
                List.copyOf(teams),
                List.copyOf(workspaces));
    }

    /**
     * Asked at almost every request. One team in one place is the commonest question, and the cheapest to ask; of many, an array is one
     * value to the statement, however long it is: so the statement is made once.
     */
    private <T> List<T> given(String ofMany, String ofOne, Class<T> type, List<String> teams, List<String> places) {
        if (teams.size() == 1 && places.size() == 1) {
            return entities.createQuery(ofOne, type)
                    .setParameter("team", teams.getFirst())
                    .setParameter("place", places.getFirst())
                    .getResultList();
        }
        return entities.unwrap(Session.class)
                .createNativeQuery(ofMany, type)
                .addSynchronizedEntityClass(type)
                .setParameter("teams", teams.toArray(String[]::new))
                .setParameter("places", places.toArray(String[]::new))
                .getResultList();
    }

    /** Whether one of the teams has something in a workspace of the project. */
    boolean reachesInto(String projectId, List<String> teams) {
        return !entities.createQuery(
                        "select 1 from WorkspaceEntity w, TeamWorkspaceEntity a"
                                + " where w.projectId = :project and a.workspaceId = w.id and a.teamId in :teams",
                        Integer.class)
                .setParameter("project", projectId)
                .setParameter("teams", teams)
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }

    Optional<TeamWorkspaceEntity> teamWorkspace(String id) {
        return Optional.ofNullable(entities.find(TeamWorkspaceEntity.class, id));
    }

    Optional<TeamProjectEntity> teamProject(String id) {
        return Optional.ofNullable(entities.find(TeamProjectEntity.class, id));
    }

    List<TeamWorkspaceEntity> teamsOfWorkspace(String workspaceId) {
        return entities.createQuery(
                        "from TeamWorkspaceEntity where workspaceId = :workspace order by id",
                        TeamWorkspaceEntity.class)
                .setParameter("workspace", workspaceId)
                .setMaxResults(2_000)
                .getResultList();
    }

    List<TeamProjectEntity> teamsOfProject(String projectId) {
        return entities.createQuery(
                        "from TeamProjectEntity where projectId = :project order by id", TeamProjectEntity.class)
                .setParameter("project", projectId)
                .setMaxResults(2_000)
                .getResultList();
    }

    List<TeamWorkspaceEntity> workspacesOf(String teamId) {
        return entities.createQuery(
                        "from TeamWorkspaceEntity where teamId = :team order by id", TeamWorkspaceEntity.class)
                .setParameter("team", teamId)
                .setMaxResults(2_000)
                .getResultList();
    }

    List<TeamProjectEntity> projectsOf(String teamId) {
        return entities.createQuery("from TeamProjectEntity where teamId = :team order by id", TeamProjectEntity.class)
                .setParameter("team", teamId)
                .setMaxResults(2_000)
                .getResultList();
    }

    void add(Object entity) {
        entities.persist(entity);
    }

    /** @throws Problem 422 that says {@code taken} when somebody did the same at this moment */
    void flush(Problem taken) {
        try {
            entities.flush();
        } catch (ConstraintViolationException e) {
            throw taken;
        }
    }

    void remove(Object entity) {
        entities.remove(entity);
        entities.flush();
    }
}
