package io.terrafleet.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** When the handling of an event has failed often enough. */
class TriesTest {
    private final RuntimeException own = new IllegalStateException("as if");
    /** As PostgreSQL says that an administrator ended the connection. */
    private final RuntimeException lost =
            new IllegalStateException("cannot be saved", new SQLException("terminating connection", "57P01"));

    private final Tries tries = new Tries();

    @Test
    void fiveFailuresOfItsOwnAreEnough() {
        for (int i = 1; i <= 5; i++) {
            assertThat(tries.areSpent()).isFalse();
            assertThat(tries.failed(own, () -> false)).isTrue();
            assertThat(tries.count()).isEqualTo(i);
        }
        assertThat(tries.areSpent()).isTrue();
    }

    @Test
    void whileTheDatabaseIsAwayNothingCounts() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(tries.failed(i % 2 == 0 ? own : lost, () -> true)).isFalse();
        }
        assertThat(tries.areSpent()).isFalse();
    }

    @Test
    void whatEndsItsConnectionsEachTimeIsGivenUpInTheEnd() {
        int times = 0;
        while (!tries.areSpent()) {
            assertThat(tries.failed(lost, () -> false)).isEqualTo(times >= 30);
            times++;
        }
        assertThat(times).isEqualTo(35);
    }
}
