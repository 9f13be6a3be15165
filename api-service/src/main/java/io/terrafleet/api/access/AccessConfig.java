package io.terrafleet.api.access;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Who gets in at first. */
@ConfigMapping(prefix = "terrafleet.access")
public interface AccessConfig {
    /** Secret. The token of the site administrator {@code admin}; at least 8 characters, better 40. Absent: none is made. */
    Optional<String> adminToken();
}
