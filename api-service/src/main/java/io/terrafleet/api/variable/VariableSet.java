package io.terrafleet.api.variable;

import io.terrafleet.api.access.Place;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Variables that many workspaces share.
 *
 * @param id {@code varset-} and 16 letters or digits
 * @param projectId the project that owns it; absent when the organization does
 * @param global whether all workspaces of its owner get it
 * @param priority whether its values win over everything, even over those given on the command line
 * @param workspaceIds workspaces that it is applied to by name
 * @param projectIds projects that it is applied to: all their workspaces get it
 */
public record VariableSet(
        String id,
        String organizationId,
        Optional<String> projectId,
        String name,
        String description,
        boolean global,
        boolean priority,
        Set<String> workspaceIds,
        Set<String> projectIds,
        Instant createdAt,
        Instant updatedAt) {
    /** Where it is owned: who reads or manages the variable sets there reads or manages it. */
    public Place place() {
        return projectId
                .map(project -> Place.project(organizationId, project))
                .orElseGet(() -> Place.organization(organizationId));
    }
}
