package io.terrafleet.api.workspace;

import io.terrafleet.api.access.Place;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A workspace as it is now.
 *
 * @param executionMode {@code remote} (runs happen here), {@code agent} (runs go to agents of a pool) or {@code local} (only state is kept here)
 * @param engine {@code terraform} or {@code tofu}
 * @param terraformVersion exact, a constraint such as {@code ~> 1.11.0}, or {@code latest}
 * @param workingDirectory relative to the root of the configuration; empty for the root
 * @param queueAllRuns whether runs may be queued before a first one was started by a person
 * @param structuredRunOutput whether a client that can render runs gets their logs as JSON
 * @param tags the keys of {@code tagBindings}, sorted
 * @param tagBindings key to value, sorted by key; a flat tag has an empty value
 * @param resourceCount how many resources the current state manages
 * @param changedAt when its settings or its state changed last
 * @param currentRun the run that holds the workspace, or held it last
 */
public record Workspace(
        WorkspaceId id,
        String organizationId,
        String organizationName,
        String projectId,
        String projectName,
        String name,
        String description,
        boolean autoApply,
        String executionMode,
        String engine,
        String terraformVersion,
        String workingDirectory,
        boolean allowDestroyPlan,
        boolean queueAllRuns,
        boolean structuredRunOutput,
        List<String> tags,
        Map<String, String> tagBindings,
        Instant createdAt,
        Instant updatedAt,
        int resourceCount,
        Instant changedAt,
        Optional<Lock> lock,
        Optional<RunId> currentRun,
        WorkspaceTraits traits) {
    public Place place() {
        return Place.workspace(organizationId, projectId, id.value());
    }
}
