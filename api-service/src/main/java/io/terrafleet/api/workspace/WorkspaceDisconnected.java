package io.terrafleet.api.workspace;

/**
 * Fired inside the transaction in which a workspace ceased to take its configuration from a repository.
 *
 * @param before the repository
 */
public record WorkspaceDisconnected(String organizationId, VcsRepo before) {}
