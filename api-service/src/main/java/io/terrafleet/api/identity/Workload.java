package io.terrafleet.api.identity;

/**
 * Who a token speaks for: one phase of one run.
 *
 * @param phase {@code plan} or {@code apply}
 */
public record Workload(
        String organizationId,
        String organizationName,
        String projectId,
        String projectName,
        String workspaceId,
        String workspaceName,
        String runId,
        String phase) {

    /** As trust policies compare it. */
    String subject() {
        return fullWorkspace() + ":run_phase:" + phase;
    }

    String fullWorkspace() {
        return "organization:" + organizationName + ":project:" + projectName + ":workspace:" + workspaceName;
    }
}
