package io.terrafleet.api.log;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How logs are kept and read. */
@ConfigMapping(prefix = "terrafleet.log")
public interface LogConfig {
    /** So long a log is kept at least, for example {@code 365d}; at least a day. It goes with the whole month in which it began; without this, nothing goes. */
    Optional<Duration> keep();

    /** How long a read of what a growing log does not have yet is held until it has it; {@code 0s} for not at all. */
    @WithDefault("2s")
    Duration hold();
}
