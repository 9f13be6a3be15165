package io.terrafleet.api.team;

import io.terrafleet.api.access.Memberships.Membership;
import io.terrafleet.api.access.OrganizationAccess;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Rights;
import io.terrafleet.api.access.Teams.Team;
import io.terrafleet.api.access.Users;
import io.terrafleet.api.document.Resource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A team as the API shows it. */
final class TeamView {
    private TeamView() {}

    /** @param rights of the viewer in the organization */
    static Resource of(
            Team team, String organizationName, List<Users.User> users, List<Membership> memberships, Rights rights) {
        return Resource.of("teams", team.id())
                .with("name", team.name())
                .with("users-count", users.size())
                .with("non-service-users-count", users.size())
                .with("description", null)
                .with("sso-team-id", team.ssoTeamId())
                .with("visibility", team.visibility())
                .with("allow-member-token-management", team.allowMemberTokenManagement())
                .with("scim-linked", false)
                .with("is-unified", false)
                .with("created-at", team.createdAt())
                .with("permissions", permissions(team, rights))
                .with("organization-access", access(team))
                .toOne("organization", "organizations", organizationName)
                .toMany("users", "users", users.stream().map(Users.User::id).toList())
                .toMany(
                        "organization-memberships",
                        "organization-memberships",
                        memberships.stream().map(Membership::id).toList())
                .related("authentication-token", "/api/v2/teams/" + team.id() + "/authentication-token")
                .related("authentication-tokens", "/api/v2/teams/" + team.id() + "/authentication-tokens")
                .link("self", "/api/v2/teams/" + team.id());
    }

    private static Map<String, Boolean> access(Team team) {
        Map<String, Boolean> access = new TreeMap<>();
        for (OrganizationAccess one : OrganizationAccess.values()) {
            access.put(one.word(), team.owners() || team.access().contains(one));
        }
        return access;
    }

    private static Map<String, Boolean> permissions(Team team, Rights rights) {
        boolean manage = rights.may(team.owners() ? Permission.OWN : Permission.MANAGE_TEAMS);
        Map<String, Boolean> permissions = new TreeMap<>();
        permissions.put(
                "can-update-membership", rights.may(team.owners() ? Permission.OWN : Permission.MANAGE_MEMBERSHIP));
        permissions.put("can-destroy", manage && !team.owners());
        permissions.put("can-update-name", manage && !team.owners());
        permissions.put("can-update-visibility", manage);
        permissions.put("can-update-sso-team-id", manage);
        permissions.put("can-update-member-token-management", manage);
        permissions.put("can-update-api-token", manage);
        permissions.put("can-view-api-token", manage);
        permissions.put(
                "can-update-organization-access", !team.owners() && rights.may(Permission.MANAGE_ORGANIZATION_ACCESS));
        return permissions;
    }
}
