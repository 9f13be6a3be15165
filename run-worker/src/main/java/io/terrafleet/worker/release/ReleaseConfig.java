package io.terrafleet.worker.release;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where terraform versions come from. */
@ConfigMapping(prefix = "terrafleet.worker.release")
public interface ReleaseConfig {
    /** Base URL or directory of terraform releases, laid out as releases.hashicorp.com is ({@code terraform/1.9.8/…}). */
    @WithDefault("https://releases.hashicorp.com")
    String index();

    /** A terraform binary that this machine already has; without it the first on the PATH. */
    @WithDefault("${TERRAFLEET_TERRAFORM:}")
    Optional<Path> binary();

    /** File with the armored PGP public key that signs the releases; without it HashiCorp's. */
    Optional<Path> keyFile();

    /** Directory of installed versions ({@code terraform/1.9.8/terraform}); without it the worker's data directory. */
    Optional<Path> directory();

    /** Whether a version that is not here may be downloaded. */
    @WithDefault("true")
    boolean download();

    /** Versions that the images of a cluster exist for; a constraint takes the newest that fits, and no index is asked then. */
    Optional<List<String>> known();

    /** How long the list of releases is believed before it is read again. */
    @WithDefault("PT10M")
    Duration indexLifetime();

    /** Longest wait for a connection to the index. */
    @WithDefault("PT5S")
    Duration connectTimeout();
}
