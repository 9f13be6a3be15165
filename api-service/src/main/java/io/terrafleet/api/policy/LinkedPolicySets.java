package io.terrafleet.api.policy;

import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Linked;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.organization.Organizations;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

@ApplicationScoped
class LinkedPolicySets implements Linked {
    private final PolicySets sets;
    private final Organizations organizations;
    private final Grants grants;
    private final Caller caller;

    LinkedPolicySets(PolicySets sets, Organizations organizations, Grants grants, Caller caller) {
        this.sets = sets;
        this.organizations = organizations;
        this.grants = grants;
        this.caller = caller;
    }

    @Override
    public String type() {
        return "policy-sets";
    }

    @Override
    public Optional<Resource> find(String id) {
        return sets.find(id)
                .filter(set -> grants.allows(caller.principal(), set.organizationId(), Permission.READ))
                .map(set -> PolicyView.of(
                        set,
                        organizations
                                .find(set.organizationId())
                                .map(Organization::name)
                                .orElse("")));
    }
}
