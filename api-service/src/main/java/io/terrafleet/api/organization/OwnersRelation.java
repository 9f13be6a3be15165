package io.terrafleet.api.organization;

import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Teams;
import io.terrafleet.api.access.UserView;
import io.terrafleet.api.document.Relation;
import io.terrafleet.api.document.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Who owns an organization. */
@ApplicationScoped
class OwnersRelation implements Relation {
    private final Organizations organizations;
    private final Teams teams;
    private final Caller caller;

    OwnersRelation(Organizations organizations, Teams teams, Caller caller) {
        this.organizations = organizations;
        this.teams = teams;
        this.caller = caller;
    }

    @Override
    public String type() {
        return "organizations";
    }

    @Override
    public String name() {
        return "owners";
    }

    @Override
    public List<Resource> of(String name) {
        return organizations.byName(name).stream()
                .flatMap(organization -> teams.byName(organization.id(), "owners").stream())
                .flatMap(team -> teams.members(team.id()).stream())
                .map(user -> UserView.of(user, caller.principal()))
                .toList();
    }
}
