package io.terrafleet.api.hook;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How many refusals of one webhook are written down: who floods an address does not fill the log with it. */
@ApplicationScoped
class RefusalLimit {
    private static final int MOST_A_MINUTE = 30;
    private static final int MOST_WEBHOOKS = 10_000;

    private final InstantSource clock;
    private final ConcurrentMap<String, Minute> minutes = new ConcurrentHashMap<>();

    RefusalLimit(@Identifier("api") InstantSource clock) {
        this.clock = clock;
    }

    private record Minute(Instant began, int count) {}

    boolean mayLog(String webhookId) {
        Instant now = clock.instant();
        if (minutes.size() > MOST_WEBHOOKS) {
            minutes.clear();
        }
        Minute minute = minutes.merge(
                webhookId,
                new Minute(now, 1),
                (known, fresh) -> now.isAfter(known.began().plus(Duration.ofMinutes(1)))
                        ? fresh
                        : new Minute(known.began(), known.count() + 1));
        return minute.count() <= MOST_A_MINUTE;
    }
}
