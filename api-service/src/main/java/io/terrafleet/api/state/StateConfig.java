package io.terrafleet.api.state;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How large a state may be. */
@ConfigMapping(prefix = "terrafleet.state")
public interface StateConfig {
    /** Bytes of a state file; 64 MiB. */
    @WithDefault("67108864")
    long mostBytes();

    /** Outputs of a state. */
    @WithDefault("5000")
    int mostOutputs();

    /** Groups of resources that the API lists for a state; what is beyond is counted and not listed. */
    @WithDefault("5000")
    int mostListedResources();

    /** How long the address of an upload is good, and for how long a missing upload holds the workspace's lock. */
    @WithDefault("PT1H")
    Duration uploadWithin();

    /** How long content that was softly deleted can be restored before it goes for ever. */
    @WithDefault("7d")
    Duration softDeletedFor();
}
