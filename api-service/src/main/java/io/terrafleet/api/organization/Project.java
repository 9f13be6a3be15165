package io.terrafleet.api.organization;

import io.terrafleet.api.access.Place;
import java.time.Instant;
import java.util.Optional;

/**
 * A group of workspaces in an organization.
 *
 * @param id {@code prj-} and 16 letters or digits
 * @param standard whether this is the project of workspaces that name none; it cannot be deleted
 * @param executionMode of new workspaces in it, {@code remote} or {@code local}; absent: as the organization says
 */
public record Project(
        String id,
        String organizationId,
        String name,
        String description,
        boolean standard,
        Instant createdAt,
        Optional<String> executionMode) {
    public Place place() {
        return Place.project(organizationId, id);
    }
}
