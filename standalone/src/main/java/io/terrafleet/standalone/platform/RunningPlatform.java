package io.terrafleet.standalone.platform;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a started platform tells.
 *
 * @param url of pages and API
 * @param authority PEM of our own certificate authority, when the platform speaks HTTPS with it
 * @param adminToken when this start knows it: preset, or made just now
 * @param database of the services, for benchmarks that fill it
 * @param startup from the command to ready
 */
public record RunningPlatform(
        URI url,
        Optional<Path> authority,
        Optional<String> adminToken,
        boolean adminTokenIsNew,
        Path data,
        Path log,
        Database database,
        Duration startup) {
    /** Where the services' PostgreSQL is reached from this machine. */
    public record Database(String jdbcUrl, String username, String password) {
        @Override
        public String toString() {
            return jdbcUrl;
        }
    }
}
