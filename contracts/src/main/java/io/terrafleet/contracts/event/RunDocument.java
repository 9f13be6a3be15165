package io.terrafleet.contracts.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The run as policies see it ({@code input.run}); member names as HCP Terraform documents them are made by the policy-service. */
public record RunDocument(
        String id,
        Instant createdAt,
        String createdBy,
        String message,
        boolean isDestroy,
        boolean refresh,
        boolean refreshOnly,
        List<String> replaceAddrs,
        List<String> targetAddrs,
        boolean speculative,
        Project project,
        Map<String, Variable> variables,
        String organization,
        Workspace workspace) {

    public record Project(String id, String name) {}

    /** A variable's kind, never its value. */
    public record Variable(String category, boolean sensitive) {}

    public record Workspace(
            String id,
            String name,
            Instant createdAt,
            String description,
            String executionMode,
            boolean autoApply,
            List<String> tags,
            String workingDirectory) {}
}
