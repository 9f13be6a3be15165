package io.terrafleet.api.vcs;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How git repositories are fetched. */
@ConfigMapping(prefix = "terrafleet.vcs")
public interface VcsConfig {
    /** How long a whole fetch may take. */
    @WithDefault("60s")
    Duration fetchWithin();

    /** Most bytes that one fetch may transfer, packed. */
    @WithDefault("104857600")
    long mostBytes();

    /** Whether repositories may be at addresses of private networks and of this machine. */
    @WithDefault("false")
    boolean allowPrivateAddresses();

    /** Whether repositories may be directories of this machine (file://). */
    @WithDefault("false")
    boolean allowFiles();

    /** The host keys of git hosts that are reached over SSH, a file in OpenSSH's form; without it none is. */
    Optional<Path> sshKnownHosts();
}
