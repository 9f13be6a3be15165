package io.terrafleet.api.team;

import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Principal;
import io.terrafleet.api.access.Teams;
import io.terrafleet.api.access.Teams.Team;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;

/** Teams as far as a caller may see them: a secret one is there for its members, and for who has access to secret teams. */
@ApplicationScoped
class VisibleTeams {
    private final Teams teams;
    private final Grants grants;

    VisibleTeams(Teams teams, Grants grants) {
        this.teams = teams;
        this.grants = grants;
    }

    /** The team, when the caller may do this to teams of its organization: 404 when it may not be seen, else 403. */
    Team permitted(Principal who, String id, Permission permission) {
        Team team = seen(who, id);
        grants.require(who, team.organizationId(), permission);
        return team;
    }

    /** The id of the team that a request names, which must be one of the organization that the caller may see. */
    String related(Principal who, RequestDocument document, String organizationId) {
        String id =
                document.related("team").orElseThrow(() -> Problem.invalidRelationship("team", "Team can't be blank"));
        return teams.find(id)
                .filter(team -> team.organizationId().equals(organizationId))
                .filter(team -> sees(who, team))
                .map(Team::id)
                .orElseThrow(() -> Problem.invalidRelationship("team", "There is no such team in this organization"));
    }

    /** 404 for one that the caller may not see. */
    Team seen(Principal who, String id) {
        Team team = teams.find(id).orElseThrow(Problem::notFound);
        grants.require(who, team.organizationId(), Permission.READ);
        if (!sees(who, team)) {
            throw Problem.notFound();
        }
        return team;
    }

    /** Of those in an organization that the caller sees. */
    boolean sees(Principal who, Team team) {
        return !team.secret() || isOf(who, team) || maySeeSecret(who, team.organizationId());
    }

    /** The same by its id; there is nothing to see of one that is gone. */
    boolean sees(Principal who, String id) {
        return teams.find(id).filter(team -> sees(who, team)).isPresent();
    }

    boolean maySeeSecret(Principal who, String organizationId) {
        return grants.allows(who, organizationId, Permission.ACCESS_SECRET_TEAMS);
    }

    private boolean isOf(Principal who, Team team) {
        return switch (who.kind()) {
            case USER -> teams.isMember(team.id(), who.id());
            case TEAM -> team.id().equals(who.id());
            case ORGANIZATION, AUDIT_TRAILS, AGENT, RUN -> false;
        };
    }
}
