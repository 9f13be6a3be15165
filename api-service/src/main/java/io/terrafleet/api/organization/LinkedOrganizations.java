package io.terrafleet.api.organization;

import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Linked;
import io.terrafleet.api.document.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

@ApplicationScoped
class LinkedOrganizations implements Linked {
    private final Organizations organizations;
    private final Projects projects;
    private final RegistrySharing sharing;
    private final Grants grants;
    private final Caller caller;

    LinkedOrganizations(
            Organizations organizations, Projects projects, RegistrySharing sharing, Grants grants, Caller caller) {
        this.organizations = organizations;
        this.projects = projects;
        this.sharing = sharing;
        this.grants = grants;
        this.caller = caller;
    }

    @Override
    public String type() {
        return "organizations";
    }

    @Override
    public Optional<Resource> find(String name) {
        return organizations
                .byName(name)
                .filter(organization -> grants.allows(caller.principal(), organization.id(), Permission.READ))
                .map(organization -> OrganizationView.of(
                        organization,
                        projects.standardOf(organization.id()).id(),
                        grants.rights(caller.principal(), organization.id()),
                        sharing.countConsumers(organization.id())));
    }
}
