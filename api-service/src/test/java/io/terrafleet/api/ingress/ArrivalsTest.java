package io.terrafleet.api.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.terrafleet.api.vcs.VcsConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final Duration WAIT = Duration.ofSeconds(5);

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final InstantSource clock = () -> now;
    private final Arrivals arrivals = arrivals(WAIT);

    private Arrivals arrivals(Duration wait) {
        VcsConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(VcsConfig.class)
                .withDefaultValue("terrafleet.vcs.burst-wait", wait.toMillis() + "ms")
                .build()
                .getConfigMapping(VcsConfig.class);
        return new Arrivals(config, clock);
    }

    private void passes(Duration time) {
        now = now.plus(time);
    }

    private void arrive(Arrivals at, int count, Duration apart) {
        for (int i = 0; i < count; i++) {
            at.arrived();
            passes(apart);
        }
    }

    @Test
    void theFewDeliveriesOfOnePushHoldNothingBack() {
        arrive(arrivals, Arrivals.BURST - 1, Duration.ofMillis(1));
        assertThat(arrivals.holdsBack()).isFalse();
        arrivals.awaitLull();
    }

    @Test
    void aBurstHoldsBackUntilItIsOver() {
        arrive(arrivals, Arrivals.BURST, Duration.ofMillis(1));
        assertThat(arrivals.holdsBack()).isTrue();
        passes(Arrivals.SHORT);
        assertThat(arrivals.holdsBack()).isFalse();
    }

    @Test
    void aBurstThatDoesNotEndHoldsBackForSoLongAndNoLonger() {
        Duration apart = Duration.ofMillis(10);
        arrive(arrivals, (int) WAIT.dividedBy(apart), apart);
        assertThat(arrivals.holdsBack()).isTrue();
        arrive(arrivals, Arrivals.BURST, apart);
        assertThat(arrivals.holdsBack()).isFalse();
        arrive(arrivals, 1_000, apart);
        assertThat(arrivals.holdsBack()).isFalse();
    }

    @Test
    void theNextBurstHoldsBackAgain() {
        arrive(arrivals, 1_000, Duration.ofMillis(10));
        passes(Duration.ofSeconds(1));
        arrive(arrivals, Arrivals.BURST, Duration.ofMillis(1));
        assertThat(arrivals.holdsBack()).isTrue();
    }

    @Test
    void whereItIsSetSoNothingIsHeldBack() {
        Arrivals never = arrivals(Duration.ZERO);
        arrive(never, 1_000, Duration.ofMillis(1));
        assertThat(never.holdsBack()).isFalse();
    }
}
