package io.terrafleet.api.session;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts wrong tokens by address, so that nobody tries many. Each replica counts for itself; a token has 300 bits anyway. */
@ApplicationScoped
class SignInAttempts {
    /** Addresses remembered; the oldest is forgotten first. */
    private static final int MOST_ADDRESSES = 10_000;

    private final SessionConfig config;
    private final InstantSource clock;
    private final Map<String, Failures> byAddress = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    private record Failures(int count, Instant since) {}

    SignInAttempts(SessionConfig config, @Identifier("api") InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    synchronized boolean mayTry(String address) {
        Failures failures = byAddress.get(address);
        return failures == null || over(failures) || failures.count() < config.mostFailures();
    }

    synchronized void failed(String address) {
        Instant now = clock.instant();
        byAddress.merge(
                address,
                new Failures(1, now),
                (old, first) -> over(old) ? first : new Failures(old.count() + 1, old.since()));
    }

    private boolean over(Failures failures) {
        return !failures.since().plus(config.window()).isAfter(clock.instant());
    }
}
