package io.terrafleet.api.outbound;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How requests leave for addresses that people name. */
@ConfigMapping(prefix = "terrafleet.outbound")
public interface OutboundConfig {
    /** Whether addresses of private networks, of this machine and of cloud metadata services may be called. */
    @WithDefault("false")
    boolean allowPrivateAddresses();

    /** A request that has no answer after this long has failed. */
    @WithDefault("20s")
    Duration answerWithin();
}
