package io.terrafleet.api.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Signing in with a browser. */
@ConfigMapping(prefix = "terrafleet.session")
public interface SessionConfig {
    /** Wrong tokens that one address may try within {@link #window()} before it has to wait. */
    @WithDefault("10")
    int mostFailures();

    /** How long a wrong token counts. */
    @WithDefault("PT5M")
    Duration window();
}
