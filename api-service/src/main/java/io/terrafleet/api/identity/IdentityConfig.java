package io.terrafleet.api.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the keys of workload identity tokens come and go. */
@ConfigMapping(prefix = "terrafleet.identity")
public interface IdentityConfig {
    /** A key that is older than this is followed by a new one. */
    @WithDefault("90d")
    Duration rotateAfter();

    /** How long a followed key stays published, for tokens that it has signed. */
    @WithDefault("48h")
    Duration keepFor();
}
