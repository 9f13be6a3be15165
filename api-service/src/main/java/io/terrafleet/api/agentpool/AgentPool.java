package io.terrafleet.api.agentpool;

import java.time.Instant;
import java.util.List;

/**
 * A group of agents that work for the same workspaces.
 *
 * @param id {@code apool-} and 16 letters or digits
 * @param organizationScoped whether every workspace of the organization may use it, save the excluded; else only what is allowed
 * @param allowedWorkspaces ids, sorted
 * @param allowedProjects ids, sorted
 * @param excludedWorkspaces ids, sorted
 */
public record AgentPool(
        String id,
        String organizationId,
        String name,
        boolean organizationScoped,
        List<String> allowedWorkspaces,
        List<String> allowedProjects,
        List<String> excludedWorkspaces,
        Instant createdAt) {

    /** Whether runs of the workspace may go to it. */
    public boolean serves(String workspaceId, String projectId) {
        if (organizationScoped) {
            return !excludedWorkspaces.contains(workspaceId);
        }
        return allowedWorkspaces.contains(workspaceId) || allowedProjects.contains(projectId);
    }
}
