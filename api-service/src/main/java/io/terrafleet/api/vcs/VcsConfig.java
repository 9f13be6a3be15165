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

    /** How often a repository is looked at for what no webhook has told. */
    @WithDefault("5m")
    Duration lookEvery();

    /** How often a host that did not let a deleted connection's webhook be taken away is due to be asked again. */
    @WithDefault("30s")
    Duration farewellEvery();

    /** How long a commit that cannot be fetched is tried again. */
    @WithDefault("24h")
    Duration tryFor();

    /** What is planned for a pull request: {@code merge} (the result of merging it) or {@code head}. */
    @WithDefault("merge")
    String pullRequestPlans();

    /** Most bytes of one webhook delivery. */
    @WithDefault("10000000")
    int mostWebhookBytes();

    /** How long a burst of deliveries, while it lasts, keeps what came of deliveries from being worked on, so that it is answered fast; 0s: not at all. */
    @WithDefault("5s")
    Duration burstWait();

    /** How long deliveries are kept for people to look at. */
    @WithDefault("30d")
    Duration deliveriesKept();

    /** Whether repositories may be at addresses of private networks and of this machine. */
    @WithDefault("false")
    boolean allowPrivateAddresses();

    /** Whether repositories may be directories of this machine (file://). */
    @WithDefault("false")
    boolean allowFiles();

    /** The host keys of git hosts that are reached over SSH, a file in OpenSSH's form; without it none is. */
    Optional<Path> sshKnownHosts();
}
