package io.terrafleet.api.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** When a host that is down is asked again: a clock that goes from try to try. */
class OutageTest {
    private static final Instant DOWN = Instant.EPOCH;
    private static final Duration HOUR = Duration.ofHours(1);

    private Instant now = DOWN;
    private int tries;

    private void tryUntil(Instant up) {
        while (now.isBefore(up)) {
            now = now.plus(PullRequests.backOff(tries++));
        }
    }

    @Test
    void afterAnHourItIsAskedBeforeLongAndWasNotPestered() {
        tryUntil(DOWN.plus(HOUR));
        assertThat(now).isBeforeOrEqualTo(DOWN.plus(HOUR).plus(Duration.ofMinutes(10)));
        assertThat(tries).isLessThan(20);
    }

    @Test
    void theFirstTriesFollowEachOtherSoon() {
        tryUntil(DOWN.plusSeconds(10));
        assertThat(tries).isGreaterThanOrEqualTo(3);
    }

    @Test
    void aCommentIsNotGivenUpWithinHours() {
        while (tries < PullRequests.MOST_TRIES) {
            now = now.plus(PullRequests.backOff(tries++));
        }
        assertThat(now).isAfter(DOWN.plus(Duration.ofHours(4)));
    }
}
