package io.terrafleet.api.task;

import io.terrafleet.contracts.WorkspaceId;
import java.time.Instant;

/** @param id {@code wstask-} and 16 letters or digits */
public record WorkspaceTask(
        String id, WorkspaceId workspace, String taskId, RunTask.Ask ask, Instant createdAt, Instant updatedAt) {}
