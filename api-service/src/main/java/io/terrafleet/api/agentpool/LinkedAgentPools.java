package io.terrafleet.api.agentpool;

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
class LinkedAgentPools implements Linked {
    private final AgentPools pools;
    private final AgentPoolView view;
    private final Organizations organizations;
    private final Grants grants;
    private final Caller caller;

    LinkedAgentPools(AgentPools pools, AgentPoolView view, Organizations organizations, Grants grants, Caller caller) {
        this.pools = pools;
        this.view = view;
        this.organizations = organizations;
        this.grants = grants;
        this.caller = caller;
    }

    @Override
    public String type() {
        return "agent-pools";
    }

    @Override
    public Optional<Resource> find(String id) {
        return pools.find(id)
                .filter(pool -> grants.allows(caller.principal(), pool.organizationId(), Permission.READ))
                .map(pool -> view.of(
                        pool,
                        organizations
                                .find(pool.organizationId())
                                .map(Organization::name)
                                .orElse("")));
    }
}
