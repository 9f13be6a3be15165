package io.terrafleet.api.organization;

import io.terrafleet.api.access.Memberships;
import io.terrafleet.api.document.Relation;
import io.terrafleet.api.document.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Where somebody is a member; of that, what the caller sees too. */
@ApplicationScoped
class UserOrganizationsRelation implements Relation {
    private final Memberships memberships;
    private final Organizations organizations;
    private final LinkedOrganizations linked;

    UserOrganizationsRelation(Memberships memberships, Organizations organizations, LinkedOrganizations linked) {
        this.memberships = memberships;
        this.organizations = organizations;
        this.linked = linked;
    }

    @Override
    public String type() {
        return "users";
    }

    @Override
    public String name() {
        return "organizations";
    }

    @Override
    public List<Resource> of(String id) {
        return memberships.organizationsOf(id).stream()
                .flatMap(organization -> organizations.find(organization).stream())
                .flatMap(organization -> linked.find(organization.name()).stream())
                .toList();
    }
}
