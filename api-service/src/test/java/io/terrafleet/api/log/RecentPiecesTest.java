package io.terrafleet.api.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RecentPiecesTest {
    private final RecentPieces recent = new RecentPieces();

    @Test
    void rangesAreCutOutOfPiecesThatFollowEachOther() {
        keep("a", 0, "0123");
        keep("a", 4, "4567");
        keep("a", 8, "89");
        assertThat(found("a", 0, 10)).isEqualTo("0123456789");
        assertThat(found("a", 3, 9)).isEqualTo("345678");
        assertThat(found("a", 4, 8)).isEqualTo("4567");
        assertThat(found("a", 5, 6)).isEqualTo("5");
    }

    @Test
    void whatIsNotWholeIsAbsent() {
        keep("a", 0, "0123");
        keep("a", 6, "67");
        assertThat(found("a", 0, 7)).as("a gap").isEqualTo("-");
        assertThat(found("a", 6, 9)).as("not all is there yet").isEqualTo("-");
        assertThat(found("a", 8, 9)).as("nothing of it").isEqualTo("-");
        assertThat(found("b", 0, 4)).as("another log").isEqualTo("-");
        assertThat(found("a", 2, 2)).as("nothing is asked for").isEqualTo("-");
        assertThat(found("a", Long.MAX_VALUE - 1, Long.MIN_VALUE)).isEqualTo("-");
    }

    @Test
    void theEldestGoWhenThereIsNoMoreRoom() {
        int size = 1_048_576;
        int most = RecentPieces.MOST_BYTES / size;
        for (int i = 0; i <= most; i++) {
            recent.keep(i % 2 == 0 ? "even" : "odd", (long) i * size, new byte[size]);
            recent.keep(i % 2 == 0 ? "even" : "odd", (long) i * size, new byte[size]); // again: counts once
        }
        assertThat(recent.find("even", 0, size)).isEmpty();
        assertThat(recent.find("odd", size, 2L * size)).isPresent();
        assertThat(recent.find("even", (long) most * size, (most + 1L) * size)).isPresent();
    }

    @Test
    void afterItWasClearedThereIsRoomForAsMuchAsBefore() {
        byte[] most = new byte[RecentPieces.MOST_BYTES];
        recent.keep("a", 0, most);
        recent.clear();
        assertThat(recent.find("a", 0, 1)).isEmpty();
        recent.keep("a", 0, most);
        assertThat(recent.find("a", 0, most.length)).isPresent();
    }

    private void keep(String log, long start, String text) {
        recent.keep(log, start, text.getBytes(StandardCharsets.US_ASCII));
    }

    private String found(String log, long from, long to) {
        return recent.find(log, from, to)
                .map(bytes -> new String(bytes, StandardCharsets.US_ASCII))
                .orElse("-");
    }
}
