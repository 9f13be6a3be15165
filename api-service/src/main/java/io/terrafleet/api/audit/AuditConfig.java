package io.terrafleet.api.audit;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;

/** How long the audit trail is kept. */
@ConfigMapping(prefix = "terrafleet.audit")
public interface AuditConfig {
    /** So long an entry is kept at least, for example {@code 365d}; at least a day. It goes with its whole month; without this, nothing goes. */
    Optional<Duration> keep();
}
