package io.terrafleet.api.access;

import io.quarkus.hibernate.orm.PersistenceUnit;
import io.terrafleet.api.access.Standing.TeamReach;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.util.List;

/** What stands in the database about a caller and an organization; one statement, for it is asked at almost every request. */
@Singleton
class StandingStore {
    private static final String REACH = "select o.disabled, t.id, t.name, t.organizationAccess,"
            + " case when exists (select 1 from TeamProjectEntity tp where tp.teamId = t.id) then true else false end,"
            + " case when exists (select 1 from TeamWorkspaceEntity tw where tw.teamId = t.id) then true else false end,";
    private static final String OF_TEAM = REACH + " false from OrganizationEntity o"
            + " left join TeamEntity t on t.organizationId = o.id and t.id = :who where o.id = :organization";
    private static final String OF_USER = REACH
            + " case when exists (select 1 from MembershipEntity m where m.organizationId = o.id and m.userId = :who)"
            + " then true else false end from OrganizationEntity o left join TeamEntity t on t.organizationId = o.id"
            + " and t.id in (select tm.teamId from TeamMemberEntity tm where tm.userId = :who)"
            + " where o.id = :organization order by t.name";

    private final EntityManager entities;

    StandingStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    /**
     * @param disabled the organization lets nobody in
     * @param member whether the user has joined it, in a team or not
     */
    record Found(boolean disabled, boolean member, List<TeamReach> teams) {}

    Found ofUser(String organizationId, String userId) {
        return found(OF_USER, organizationId, userId);
    }

    Found ofTeam(String organizationId, String teamId) {
        return found(OF_TEAM, organizationId, teamId);
    }

    private Found found(String hql, String organizationId, String who) {
        List<Object[]> rows = entities.createQuery(hql, Object[].class)
                .setParameter("organization", organizationId)
                .setParameter("who", who)
                .getResultList();
        return new Found(
                rows.stream().anyMatch(row -> (boolean) row[0]),
                rows.stream().anyMatch(row -> (boolean) row[6]),
                rows.stream()
                        .filter(row -> row[1] != null)
                        .map(row -> new TeamReach(
                                (String) row[1],
                                (String) row[2],
                                List.of((String[]) row[3]),
                                (boolean) row[4],
                                (boolean) row[5]))
                        .toList());
    }
}
