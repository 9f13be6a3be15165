package io.terrafleet.api.ingress;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.vcs.VcsConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * How busily deliveries come in. Hosts give up on who does not answer soon, and what comes of deliveries keeps all processors busy for long: so a
 * burst is first kept and answered, and worked off when it is over. One that does not end holds nothing back for longer than
 * {@link VcsConfig#burstWait}.
 */
@ApplicationScoped
public class Arrivals {
    /** So many within so short a time are a burst; the two or three deliveries that one push causes are none. */
    static final int BURST = 4;

    static final Duration SHORT = Duration.ofMillis(200);
    private static final long LOOK_EVERY_MILLIS = 20;

    private final VcsConfig config;
    private final InstantSource clock;
    private final Instant[] newest = new Instant[BURST];
    private int oldest;
    private Instant began = Instant.MIN;

    Arrivals(VcsConfig config, @Identifier("api") InstantSource clock) {
        this.config = config;
        this.clock = clock;
        Arrays.fill(newest, Instant.MIN);
    }

    /** A delivery has come in from somebody who knows the secret, and is to be answered. */
    public synchronized void arrived() {
        Instant now = clock.instant();
        boolean before = isBurst(now);
        newest[oldest] = now;
        oldest = (oldest + 1) % BURST;
        if (!before && isBurst(now)) {
            began = now;
        }
    }

    /** Returns when no burst is under way, or when it has held back long enough. */
    public void awaitLull() {
        while (holdsBack()) {
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    synchronized boolean holdsBack() {
        Instant now = clock.instant();
        return isBurst(now) && now.isBefore(began.plus(config.burstWait()));
    }

    private boolean isBurst(Instant now) {
        return newest[oldest].isAfter(now.minus(SHORT));
    }
}
