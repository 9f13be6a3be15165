package io.terrafleet.api.workspace;

/**
 * Fired inside the transaction that deletes a workspace, before the row goes. An observer that objects throws a {@link
 * io.terrafleet.api.problem.Problem} (status 409); one that keeps something of the workspace removes it, for the row is referenced
 * no longer after it.
 *
 * @param safe the caller wants it only when nothing is lost: a workspace that manages resources must be kept
 */
public record WorkspaceDeletion(Workspace workspace, boolean safe) {}
