package io.terrafleet.api.workspace;

/**
 * Fired inside the transaction before a person lets go of a workspace. An observer that objects (the newest state has no content
 * yet) throws a {@link io.terrafleet.api.problem.Problem}.
 *
 * @param forced whether the holder's consent is not asked
 */
public record WorkspaceUnlocking(Workspace workspace, boolean forced) {}
