package io.terrafleet.api.trigger;

import io.terrafleet.contracts.WorkspaceId;
import java.time.Instant;

/**
 * After each apply in the source, a run starts in the workspace.
 *
 * @param id {@code rt-} and 16 letters or digits
 */
public record RunTrigger(String id, WorkspaceId workspace, WorkspaceId source, Instant createdAt) {}
