package io.terrafleet.api.notification;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How notifications are sent. The mail server is set by {@code quarkus.mailer.…}. */
@ConfigMapping(prefix = "terrafleet.notification")
public interface NotificationConfig {
    /** Whether notifications may go to loopback, private and link-local addresses. People choose the addresses: leave it off where they are not trusted with the inner network. */
    @WithDefault("false")
    boolean allowPrivateAddresses();

    /** A destination that has not answered after this long has failed. */
    @WithDefault("10s")
    Duration timeout();

    /** How often one notification is tried in all. */
    @WithDefault("5")
    int attempts();

    /** From the first failure to the second attempt; doubled from attempt to attempt. */
    @WithDefault("15s")
    Duration retryAfter();
}
