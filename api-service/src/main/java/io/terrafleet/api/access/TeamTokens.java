package io.terrafleet.api.access;

import io.terrafleet.api.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;

/** Who may handle a team's tokens: who manages teams, and the members of a team that lets them. */
@ApplicationScoped
public class TeamTokens {
    private final Teams teams;
    private final Grants grants;

    TeamTokens(Teams teams, Grants grants) {
        this.teams = teams;
        this.grants = grants;
    }

    /** 404 for who may not see the team. */
    public void require(Principal who, String teamId) {
        Teams.Team team = teams.find(teamId).orElseThrow(Problem::notFound);
        boolean ownTeam = who.isUser() && team.allowMemberTokenManagement() && teams.isMember(teamId, who.id());
        grants.require(who, team.organizationId(), Permission.READ);
        if (!ownTeam) {
            grants.require(who, team.organizationId(), team.owners() ? Permission.OWN : Permission.MANAGE_TEAMS);
        }
    }
}
