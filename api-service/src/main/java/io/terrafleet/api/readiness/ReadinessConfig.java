package io.terrafleet.api.readiness;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What an installation may begin with. */
@ConfigMapping(prefix = "terrafleet.readiness")
public interface ReadinessConfig {
    /** Whether to start although keys, tokens or passwords are of the kind that others guess: for trials that hold nothing. */
    @WithDefault("false")
    boolean allowInsecure();
}
