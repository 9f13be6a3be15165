package io.terrafleet.api.workspace;

import io.terrafleet.api.agentpool.AgentPools;
import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.organization.Project;
import io.terrafleet.api.organization.Projects;
import io.terrafleet.api.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Where a workspace's runs happen: as it chose itself, or as its project says, or its organization. */
@ApplicationScoped
class WorkspaceExecution {
    private static final String AGENT = "agent";

    private final AgentPools pools;
    private final Organizations organizations;
    private final Projects projects;

    WorkspaceExecution(AgentPools pools, Organizations organizations, Projects projects) {
        this.pools = pools;
        this.organizations = organizations;
        this.projects = projects;
    }

    /** @param agentPoolId present when the mode is {@code agent} */
    record Chosen(String mode, Optional<String> agentPoolId) {}

    static Chosen of(WorkspaceEntity workspace, Project project, Organization organization) {
        if (workspace.ownExecutionMode) {
            return new Chosen(workspace.executionMode, Optional.ofNullable(workspace.agentPoolId));
        }
        return project.executionMode()
                .map(mode -> new Chosen(mode, project.agentPoolId()))
                .orElseGet(() -> new Chosen(
                        organization.defaultExecutionMode(),
                        organization.traits().defaultAgentPoolId()));
    }

    /** Who names a mode or a pool has chosen; {@code setting-overwrites} alone keeps what is true, or gives it back. */
    void apply(WorkspaceSettings settings, WorkspaceEntity workspace) {
        Optional<String> pool = settings.agentPoolId().filter(id -> !id.isEmpty());
        boolean inherit = settings.ownExecutionMode().filter(own -> !own).isPresent();
        if (inherit && settings.executionMode().isEmpty() && pool.isEmpty()) {
            workspace.ownExecutionMode = false;
            workspace.agentPoolId = null;
            return;
        }
        if (settings.executionMode().isEmpty()
                && settings.agentPoolId().isEmpty()
                && settings.ownExecutionMode().isEmpty()) {
            return;
        }
        Chosen before = now(workspace);
        workspace.ownExecutionMode = true;
        workspace.executionMode = settings.executionMode().orElse(before.mode());
        workspace.agentPoolId = workspace.executionMode.equals(AGENT)
                ? (settings.agentPoolId().isPresent() ? pool : before.agentPoolId()).orElse(null)
                : null;
        check(workspace, pool);
    }

    private void check(WorkspaceEntity workspace, Optional<String> asked) {
        if (!workspace.executionMode.equals(AGENT)) {
            if (asked.isPresent()) {
                throw Problem.invalid(
                        "agent-pool-id", "Agent pool must not be specified unless using 'agent' execution mode");
            }
            return;
        }
        if (workspace.agentPoolId == null) {
            throw Problem.invalid("agent-pool-id", "Agent pool must be specified when using 'agent' execution mode");
        }
        if (pools.serving(workspace.agentPoolId, workspace.organizationId, workspace.id, workspace.projectId)
                .isEmpty()) {
            throw Problem.invalid(
                    "agent-pool-id",
                    "The provided agent pool does not exist, or it does not allow this workspace: it may name workspaces or projects");
        }
    }

    private Chosen now(WorkspaceEntity workspace) {
        return of(
                workspace,
                projects.find(workspace.projectId).orElseThrow(),
                organizations.find(workspace.organizationId).orElseThrow());
    }
}
