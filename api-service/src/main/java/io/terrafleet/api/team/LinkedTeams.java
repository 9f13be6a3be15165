package io.terrafleet.api.team;

import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Teams;
import io.terrafleet.api.document.Linked;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.organization.Organizations;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Secret teams only for those who see them. */
@ApplicationScoped
class LinkedTeams implements Linked {
    private final Teams teams;
    private final VisibleTeams visible;
    private final Organizations organizations;
    private final Grants grants;
    private final Caller caller;

    LinkedTeams(Teams teams, VisibleTeams visible, Organizations organizations, Grants grants, Caller caller) {
        this.teams = teams;
        this.visible = visible;
        this.organizations = organizations;
        this.grants = grants;
        this.caller = caller;
    }

    @Override
    public String type() {
        return "teams";
    }

    @Override
    public Optional<Resource> find(String id) {
        return teams.find(id)
                .filter(team -> grants.allows(caller.principal(), team.organizationId(), Permission.READ))
                .filter(team -> visible.sees(caller.principal(), team))
                .flatMap(team -> organizations
                        .find(team.organizationId())
                        .map(organization -> TeamView.of(
                                team,
                                organization.name(),
                                teams.members(team.id()),
                                teams.memberships(team.id()),
                                grants.rights(caller.principal(), organization.id()))));
    }
}
