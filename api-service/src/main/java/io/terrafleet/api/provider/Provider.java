package io.terrafleet.api.provider;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A provider that an organization offers.
 *
 * @param id {@code prov-} and 16 letters or digits
 * @param registryName {@code private}, whose namespace is the organization's name; or {@code public}, a mere pointer to a provider of
 *     the public registry
 */
public record Provider(
        String id,
        String organizationId,
        String registryName,
        String namespace,
        String name,
        Instant createdAt,
        Instant updatedAt) {

    /**
     * @param id {@code provver-} and 16 letters or digits
     * @param keyId of the GPG key that signed the checksums
     * @param protocols of plugins, for example {@code 5.0}
     * @param shasums artifact of the file SHA256SUMS
     * @param signature artifact of its detached signature
     */
    public record Version(
            String id,
            String providerId,
            String number,
            String keyId,
            List<String> protocols,
            Optional<String> shasums,
            Optional<String> signature,
            Instant createdAt,
            Instant updatedAt) {}

    /**
     * @param id {@code provpltfrm-} and 16 letters or digits
     * @param filename of the zip, as the checksums name it
     * @param shasum SHA-256 of the zip, 64 hexadecimal digits
     * @param binary artifact of the zip
     */
    public record Platform(
            String id,
            String versionId,
            String os,
            String arch,
            String filename,
            String shasum,
            Optional<String> binary) {}
}
