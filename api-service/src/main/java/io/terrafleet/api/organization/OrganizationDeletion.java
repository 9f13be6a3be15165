package io.terrafleet.api.organization;

/**
 * Fired inside the transaction that deletes an organization, before the row goes. An observer that objects throws a {@link
 * io.terrafleet.api.problem.Problem}; one that keeps something of the organization removes it.
 */
public record OrganizationDeletion(Organization organization) {}
