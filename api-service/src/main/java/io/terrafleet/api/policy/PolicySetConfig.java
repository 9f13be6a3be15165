package io.terrafleet.api.policy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How policy sets follow their repositories. */
@ConfigMapping(prefix = "terrafleet.policy-set")
public interface PolicySetConfig {
    /** How often a set's repository is looked at for a newer commit. */
    @WithDefault("5m")
    Duration lookEvery();
}
