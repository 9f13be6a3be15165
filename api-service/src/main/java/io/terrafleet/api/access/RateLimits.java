package io.terrafleet.api.access;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.setting.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.IntSupplier;

/** Counts the requests of each token second by second. Every process counts for itself. */
@ApplicationScoped
class RateLimits {
    private static final int MOST_TOKENS = 100_000;

    private final IntSupplier perSecond;
    private final InstantSource clock;
    private final ConcurrentMap<String, Window> windows = new ConcurrentHashMap<>();

    @Inject
    RateLimits(AccessConfig config, Settings settings, @Identifier("api") InstantSource clock) {
        this(() -> settings.general().requestsPerSecond().orElse(config.requestsPerSecond()), clock);
        if (config.requestsPerSecond() < 0) {
            throw new IllegalArgumentException("terrafleet.access.requests-per-second must be 0 or more");
        }
    }

    RateLimits(IntSupplier perSecond, InstantSource clock) {
        this.perSecond = perSecond;
        this.clock = clock;
    }

    private record Window(long second, int requests) {}

    /**
     * @param limit requests in a second
     * @param remaining in this one
     * @param reset seconds until the next one, with a fraction
     */
    record Allowance(int limit, int remaining, double reset, boolean exceeded) {}

    boolean on() {
        return perSecond.getAsInt() > 0;
    }

    int perSecond() {
        return perSecond.getAsInt();
    }

    /** Counts one request of this caller. */
    Allowance take(String caller) {
        int limit = perSecond();
        Instant now = clock.instant();
        long second = now.getEpochSecond();
        if (windows.size() > MOST_TOKENS) {
            windows.values().removeIf(window -> window.second() < second);
        }
        Window window = windows.merge(
                caller,
                new Window(second, 1),
                (old, fresh) -> old.second() == second ? new Window(second, old.requests() + 1) : fresh);
        double reset = (1_000 - now.toEpochMilli() % 1_000) / 1_000.0;
        return new Allowance(limit, Math.max(0, limit - window.requests()), reset, window.requests() > limit);
    }
}
