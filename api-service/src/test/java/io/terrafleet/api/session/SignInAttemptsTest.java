package io.terrafleet.api.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class SignInAttemptsTest {
    private Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private final SignInAttempts attempts = new SignInAttempts(
            new SessionConfig() {
                @Override
                public int mostFailures() {
                    return 3;
                }

                @Override
                public Duration window() {
                    return Duration.ofMinutes(5);
                }
            },
            (InstantSource) () -> now);

    @Test
    void afterTooManyFailuresAnAddressWaits() {
        for (int i = 0; i < 3; i++) {
            assertThat(attempts.mayTry("10.0.0.1")).isTrue();
            attempts.failed("10.0.0.1");
        }
        assertThat(attempts.mayTry("10.0.0.1")).isFalse();
        assertThat(attempts.mayTry("10.0.0.2")).isTrue();
        now = now.plus(Duration.ofMinutes(5));
        assertThat(attempts.mayTry("10.0.0.1")).isTrue();
    }
}
