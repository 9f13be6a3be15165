package io.terrafleet.api.workspace;

/** Fired inside the transaction in which a workspace was given a repository, or another place in one. */
public record WorkspaceConnected(Workspace workspace) {}
