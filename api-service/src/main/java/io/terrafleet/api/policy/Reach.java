package io.terrafleet.api.policy;

import java.util.Arrays;
import java.util.Optional;

/** How a policy set is tied to a workspace or project; its word names the relationship. */
public enum Reach {
    WORKSPACES("workspaces"),
    PROJECTS("projects"),
    WORKSPACE_EXCLUSIONS("workspace-exclusions"),
    PROJECT_EXCLUSIONS("project-exclusions");

    private final String word;

    Reach(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /** Whether the targets are workspaces; otherwise they are projects. */
    public boolean ofWorkspaces() {
        return this == WORKSPACES || this == WORKSPACE_EXCLUSIONS;
    }

    public static Optional<Reach> of(String word) {
        return Arrays.stream(values()).filter(reach -> reach.word.equals(word)).findFirst();
    }
}
