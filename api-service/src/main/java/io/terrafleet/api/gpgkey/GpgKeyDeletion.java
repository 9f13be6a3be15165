package io.terrafleet.api.gpgkey;

/**
 * Fired inside the transaction in which the organization loses the key. An observer whose things are signed with it objects with a
 * {@link io.terrafleet.api.problem.Problem}.
 */
public record GpgKeyDeletion(String organizationId, String keyId) {}
