package io.terrafleet.api.organization;

/** Fired inside the transaction that made an organization, for rooms that give every new one something. */
public record OrganizationCreated(String organizationId, String name) {}
