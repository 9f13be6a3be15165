package io.terrafleet.api.organization;

import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Memberships;
import io.terrafleet.api.access.Memberships.Membership;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Linked;
import io.terrafleet.api.document.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Memberships as resources: the address is for those who manage them, and for whom it belongs to. */
@ApplicationScoped
class LinkedMemberships implements Linked {
    private final Memberships memberships;
    private final Organizations organizations;
    private final Grants grants;
    private final Caller caller;

    LinkedMemberships(Memberships memberships, Organizations organizations, Grants grants, Caller caller) {
        this.memberships = memberships;
        this.organizations = organizations;
        this.grants = grants;
        this.caller = caller;
    }

    @Override
    public String type() {
        return "organization-memberships";
    }

    @Override
    public Optional<Resource> find(String id) {
        return memberships
                .find(id)
                .filter(found -> grants.allows(caller.principal(), found.organizationId(), Permission.READ))
                .flatMap(found ->
                        organizations.find(found.organizationId()).map(organization -> view(found, organization)));
    }

    Resource view(Membership membership, Organization organization) {
        boolean mail = grants.allows(caller.principal(), organization.id(), Permission.MANAGE_MEMBERSHIP)
                || membership.user().id().equals(caller.principal().id());
        return Resource.of("organization-memberships", membership.id())
                .with("status", membership.status())
                .with("email", mail ? membership.user().email() : null)
                .with("created-at", membership.createdAt())
                .with("is-org-two-factor-required", false)
                .toOne("organization", "organizations", organization.name())
                .toOne("user", "users", membership.user().id())
                .toMany("teams", "teams", membership.teams())
                .link("self", "/api/v2/organization-memberships/" + membership.id());
    }
}
