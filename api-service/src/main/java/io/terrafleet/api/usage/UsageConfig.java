package io.terrafleet.api.usage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long usage files are kept. */
@ConfigMapping(prefix = "terrafleet.usage")
public interface UsageConfig {
    /** How long a usage file that was replaced, or whose owner is gone, stays stored for plans that are being priced. */
    @WithDefault("1d")
    Duration unusedFor();
}
