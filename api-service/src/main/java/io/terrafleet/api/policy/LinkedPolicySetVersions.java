package io.terrafleet.api.policy;

import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Linked;
import io.terrafleet.api.document.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

@ApplicationScoped
class LinkedPolicySetVersions implements Linked {
    private final PolicySetVersions versions;
    private final PolicySets sets;
    private final PolicySetVersionView views;
    private final Grants grants;
    private final Caller caller;

    LinkedPolicySetVersions(
            PolicySetVersions versions, PolicySets sets, PolicySetVersionView views, Grants grants, Caller caller) {
        this.versions = versions;
        this.sets = sets;
        this.views = views;
        this.grants = grants;
        this.caller = caller;
    }

    @Override
    public String type() {
        return "policy-set-versions";
    }

    @Override
    public Optional<Resource> find(String id) {
        return versions.find(id).flatMap(version -> sets.find(version.policySetId())
                .filter(set -> grants.allows(caller.principal(), set.organizationId(), Permission.READ))
                .map(set -> views.of(version, set)));
    }
}
