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

    /** 404 for who may not see the team, 403 for who may see it only. */
    public void require(Principal who, String teamId) {
        Teams.Team team = teams.find(teamId).orElseThrow(Problem::notFound);
        grants.require(who, team.organizationId(), Permission.READ);
        boolean member = who.isUser() && teams.isMember(teamId, who.id());
        if (team.secret() && !member && !grants.allows(who, team.organizationId(), Permission.ACCESS_SECRET_TEAMS)) {
            throw Problem.notFound();
        }
        if (!member || !team.allowMemberTokenManagement()) {
            grants.require(who, team.organizationId(), team.owners() ? Permission.OWN : Permission.MANAGE_TEAMS);
        }
    }
}
