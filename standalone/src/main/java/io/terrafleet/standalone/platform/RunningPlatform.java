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
 * @param startup from the command to ready
 */
public record RunningPlatform(
        URI url,
        Optional<Path> authority,
        Optional<String> adminToken,
        boolean adminTokenIsNew,
        Path data,
        Path log,
        Duration startup) {}
