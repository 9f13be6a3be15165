package io.terrafleet.api.sshkey;

/**
 * A private key, without the key.
 *
 * @param id {@code sshkey-} and 16 letters or digits
 */
public record SshKey(String id, String organizationId, String name) {}
