package io.terrafleet.api.workspace;

import io.terrafleet.contracts.WorkspaceId;

/** Fired inside the transaction in which a person let go of a workspace, so that its queue can move on. */
public record WorkspaceUnlocked(WorkspaceId workspace) {}
