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
class LinkedPolicies implements Linked {
    private final Policies policies;
    private final Organizations organizations;
    private final Grants grants;
    private final Caller caller;

    LinkedPolicies(Policies policies, Organizations organizations, Grants grants, Caller caller) {
        this.policies = policies;
        this.organizations = organizations;
        this.grants = grants;
        this.caller = caller;
    }

    @Override
    public String type() {
        return "policies";
    }

    @Override
    public Optional<Resource> find(String id) {
        return policies.find(id)
                .filter(policy -> grants.allows(caller.principal(), policy.organizationId(), Permission.READ))
                .map(policy -> PolicyView.of(
                        policy,
                        organizations
                                .find(policy.organizationId())
                                .map(Organization::name)
                                .orElse("")));
    }
}
