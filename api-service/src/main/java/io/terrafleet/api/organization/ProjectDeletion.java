package io.terrafleet.api.organization;

/**
 * Fired inside the transaction that deletes a project, before the row goes. An observer that objects throws a {@link
 * io.terrafleet.api.problem.Problem}.
 */
public record ProjectDeletion(Project project) {}
