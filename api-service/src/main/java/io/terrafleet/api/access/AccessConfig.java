package io.terrafleet.api.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Who gets in at first. */
@ConfigMapping(prefix = "terrafleet.access")
public interface AccessConfig {
    /** Secret. The token of the site administrator {@code admin}; at least 8 characters, better 40. Absent: none is made. */
    Optional<String> adminToken();

    /** Requests that one token may make in a second before it gets 429; TFE's own figure is 30. 0: as many as it likes. */
    @WithDefault("0")
    int requestsPerSecond();
}
