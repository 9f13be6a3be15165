package io.terrafleet.api.organization;

import io.terrafleet.api.access.Place;
import java.time.Instant;
import java.util.Optional;

/**
 * A group of workspaces in an organization.
 *
 * @param id {@code prj-} and 16 letters or digits
 * @param standard whether this is the project of workspaces that name none; it cannot be deleted
 * @param executionMode of new workspaces in it, {@code remote}, {@code local} or {@code agent}; absent: as the organization says
 * @param agentPoolId where runs of new workspaces go when the execution mode is {@code agent}
 */
public record Project(
        String id,
        String organizationId,
        String name,
        String description,
        boolean standard,
        Instant createdAt,
        Optional<String> executionMode,
        Optional<String> agentPoolId) {
    public Place place() {
        return Place.project(organizationId, id);
    }
}
