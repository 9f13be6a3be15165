package io.terrafleet.api.cost;

import java.util.Optional;

/** Of which part of an organization one asks. */
public record CostScope(Optional<String> projectId, Optional<String> workspaceId) {
    public static final CostScope ALL = new CostScope(Optional.empty(), Optional.empty());

    public static CostScope workspace(String id) {
        return new CostScope(Optional.empty(), Optional.of(id));
    }

    boolean has(String project, String workspace) {
        return projectId.filter(id -> !id.equals(project)).isEmpty()
                && workspaceId.filter(id -> !id.equals(workspace)).isEmpty();
    }
}
