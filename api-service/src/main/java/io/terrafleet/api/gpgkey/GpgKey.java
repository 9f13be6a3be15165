package io.terrafleet.api.gpgkey;

import java.time.Instant;

/**
 * A public key.
 *
 * @param id {@code gpgkey-} and 16 letters or digits
 * @param keyId the last 16 hexadecimal digits of the fingerprint, in capitals, as {@code gpg --list-keys --keyid-format long} shows
 * @param asciiArmor as it was given
 */
public record GpgKey(
        String id, String organizationId, String keyId, String asciiArmor, Instant createdAt, Instant updatedAt) {}
