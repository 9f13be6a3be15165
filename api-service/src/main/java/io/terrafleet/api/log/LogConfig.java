package io.terrafleet.api.log;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;

/** How long logs are kept. */
@ConfigMapping(prefix = "terrafleet.log")
public interface LogConfig {
    /** So long a log is kept at least, for example {@code 365d}; at least a day. It goes with the whole month in which it began; without this, nothing goes. */
    Optional<Duration> keep();
}
