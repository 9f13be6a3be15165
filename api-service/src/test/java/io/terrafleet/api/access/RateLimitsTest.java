package io.terrafleet.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
    private Instant now = Instant.parse("2026-03-04T05:06:07.250Z");

    @Test
    void eachCallerHasTheirOwnSecond() {
        RateLimits limits = limits(2);
        assertThat(limits.take("a")).isEqualTo(new RateLimits.Allowance(2, 1, 0.75, false));
        assertThat(limits.take("a").exceeded()).isFalse();
        assertThat(limits.take("a")).isEqualTo(new RateLimits.Allowance(2, 0, 0.75, true));
        assertThat(limits.take("b").exceeded()).isFalse();
        now = now.plusMillis(750);
        assertThat(limits.take("a")).isEqualTo(new RateLimits.Allowance(2, 1, 1.0, false));
    }

    @Test
    void zeroIsOff() {
        assertThat(limits(0).on()).isFalse();
        assertThat(limits(30).on()).isTrue();
    }

    private RateLimits limits(int perSecond) {
        return new RateLimits(() -> perSecond, () -> now);
    }
}
