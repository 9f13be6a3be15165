package io.terrafleet.api.organization;

import io.terrafleet.api.access.Place;
import java.time.Instant;

/**
 * A group of workspaces in an organization.
 *
 * @param id {@code prj-} and 16 letters or digits
 * @param standard whether this is the project of workspaces that name none; it cannot be deleted
 */
public record Project(
        String id, String organizationId, String name, String description, boolean standard, Instant createdAt) {
    public Place place() {
        return Place.project(organizationId, id);
    }
}
