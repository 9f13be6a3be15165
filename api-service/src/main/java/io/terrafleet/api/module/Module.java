package io.terrafleet.api.module;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A module of one organization.
 *
 * @param id {@code mod-} and 16 letters or digits
 * @param provider the system it is for, for example {@code aws}
 * @param source the repository that its versions are taken from; empty when they are uploaded
 * @param versions the newest first
 */
public record Module(
        String id,
        String organizationId,
        String name,
        String provider,
        Optional<ModuleSource> source,
        List<Version> versions,
        Instant createdAt,
        Instant updatedAt) {

    /**
     * @param id {@code modver-} and 16 letters or digits
     * @param number as in semantic versioning, without a leading v
     * @param status {@code pending} until the archive is there, {@code ok}, or {@code reg_ingress_failed}
     */
    public record Version(
            String id,
            String number,
            Optional<String> commitSha,
            String status,
            Optional<String> error,
            Optional<String> artifactId,
            Instant createdAt,
            Instant updatedAt) {
        public boolean ready() {
            return status.equals("ok");
        }
    }

    /** {@code pending} without versions, {@code setup_complete} once one is usable. */
    public String status() {
        return versions.stream().anyMatch(Version::ready) ? "setup_complete" : "pending";
    }

    public Optional<Version> version(String number) {
        return versions.stream()
                .filter(version -> version.number().equals(number))
                .findFirst();
    }
}
