package io.terrafleet.api.access;

import java.util.Optional;

/** Where something is to be done: in an organization, in one of its projects, or in a workspace of a project. */
public record Place(String organizationId, Optional<String> projectId, Optional<String> workspaceId) {
    public static Place organization(String organizationId) {
        return new Place(organizationId, Optional.empty(), Optional.empty());
    }

    public static Place project(String organizationId, String projectId) {
        return new Place(organizationId, Optional.of(projectId), Optional.empty());
    }

    public static Place workspace(String organizationId, String projectId, String workspaceId) {
        return new Place(organizationId, Optional.of(projectId), Optional.of(workspaceId));
    }
}
