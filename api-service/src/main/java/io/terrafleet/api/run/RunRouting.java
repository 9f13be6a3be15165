package io.terrafleet.api.run;

import io.terrafleet.api.agentpool.Agent;
import io.terrafleet.api.agentpool.AgentPool;
import io.terrafleet.api.agentpool.AgentPools;
import io.terrafleet.api.agentpool.Agents;
import io.terrafleet.api.configuration.ConfigurationVersion;
import io.terrafleet.api.configuration.Ingress;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.rule.PullRequestRules;
import io.terrafleet.api.toolversion.ToolVersions;
import io.terrafleet.api.workspace.Workspace;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Where a run's phases happen, with the workers of this installation or with the agents of a pool, and with which version. */
@ApplicationScoped
class RunRouting {
    private final AgentPools pools;
    private final Agents agents;
    private final ToolVersions versions;
    private final Organizations organizations;
    private final PullRequestRules rules;

    RunRouting(
            AgentPools pools,
            Agents agents,
            ToolVersions versions,
            Organizations organizations,
            PullRequestRules rules) {
        this.pools = pools;
        this.agents = agents;
        this.versions = versions;
        this.organizations = organizations;
        this.rules = rules;
    }

    /** For a stranger's commit the pool that is meant for such, where there is one; it never goes where others go because that one is gone. */
    Optional<String> poolFor(Workspace workspace, ConfigurationVersion configuration) {
        Optional<String> own = configuration.ingress().map(Ingress::trusted).orElse(true)
                ? Optional.empty()
                : rules.in(workspace).agentPoolId();
        if (own.isEmpty() || workspace.executionMode().equals("local")) {
            return poolFor(workspace);
        }
        return Optional.of(serving(workspace, own.get())
                .orElseThrow(() -> Problem.invalidRelationship(
                        "workspace",
                        "The agent pool for strangers' pull requests is gone, or does not allow the workspace "
                                + workspace.name())));
    }

    private Optional<String> serving(Workspace workspace, String pool) {
        return pools.serving(pool, workspace.organizationId(), workspace.id().value(), workspace.projectId())
                .map(AgentPool::id);
    }

    /** Empty for a workspace whose runs happen here; 422 when runs cannot happen at all. */
    private Optional<String> poolFor(Workspace workspace) {
        if (workspace.executionMode().equals("local")) {
            throw Problem.invalidRelationship(
                    "workspace",
                    "Workspace " + workspace.name() + " runs terraform locally: its execution mode is local");
        }
        if (!workspace.executionMode().equals("agent")) {
            return Optional.empty();
        }
        return Optional.of(workspace
                .traits()
                .agentPoolId()
                .flatMap(id -> serving(workspace, id))
                .orElseThrow(() -> Problem.invalidRelationship(
                        "workspace",
                        "Workspace " + workspace.name() + " runs with agents, but its agent pool does not allow it;"
                                + " assign a pool that does, or allow the workspace in the pool")));
    }

    /** What the run runs when the workspace, or the request, wants this. */
    String version(Workspace workspace, String wanted) {
        boolean beta = organizations
                .find(workspace.organizationId())
                .map(organization -> organization.limits().betaTools())
                .orElse(false);
        return versions.resolve(workspace.engine(), wanted, beta);
    }

    /** Why a job of the pool waits. */
    String waiting(String poolId) {
        String name = pools.find(poolId).map(AgentPool::name).orElse(poolId);
        List<Agent> connected = agents.connected(poolId);
        if (connected.isEmpty()) {
            return "waiting for an agent of the pool " + name + ": none is connected";
        }
        boolean idle = connected.stream().anyMatch(agent -> agent.status().equals("idle"));
        return "waiting for an agent of the pool " + name
                + (idle ? " to take it" : ": all " + connected.size() + " are busy");
    }
}
