package io.terrafleet.api.agentpool;

import io.terrafleet.api.access.Tokens;
import io.terrafleet.api.document.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Pools and agents as the API shows them. */
@ApplicationScoped
class AgentPoolView {
    private final AgentPools pools;
    private final Agents agents;
    private final Tokens tokens;

    AgentPoolView(AgentPools pools, Agents agents, Tokens tokens) {
        this.pools = pools;
        this.agents = agents;
        this.tokens = tokens;
    }

    Resource of(AgentPool pool, String organizationName) {
        String self = "/api/v2/agent-pools/" + pool.id();
        List<Agent> connected = agents.connected(pool.id());
        return Resource.of("agent-pools", pool.id())
                .with("name", pool.name())
                .with("created-at", pool.createdAt())
                .with("organization-scoped", pool.organizationScoped())
                .with("agent-count", connected.size())
                .toOne("organization", "organizations", organizationName)
                .toMany("workspaces", "workspaces", pools.users(pool.id()))
                .toMany("allowed-workspaces", "workspaces", pool.allowedWorkspaces())
                .toMany("allowed-projects", "projects", pool.allowedProjects())
                .toMany("excluded-workspaces", "workspaces", pool.excludedWorkspaces())
                .toMany("agents", "agents", connected.stream().map(Agent::id).toList())
                .related("agents", self + "/agents")
                .toMany(
                        "authentication-tokens",
                        "authentication-tokens",
                        tokens.ofAgents(pool.id()).stream()
                                .map(Tokens.Token::id)
                                .toList())
                .related("authentication-tokens", self + "/authentication-tokens")
                .link("self", self);
    }

    static Resource of(Agent agent) {
        return Resource.of("agents", agent.id())
                .with("name", agent.name())
                .with("status", agent.status())
                .with("ip-address", agent.address())
                .with("created-at", agent.createdAt())
                .with("last-ping-at", agent.lastPingAt())
                .toOne("agent-pool", "agent-pools", agent.poolId())
                .link("self", "/api/v2/agents/" + agent.id());
    }
}
