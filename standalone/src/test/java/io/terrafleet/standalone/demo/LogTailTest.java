package io.terrafleet.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogTailTest {
    private final List<String> lines = new ArrayList<>();

    @Test
    void linesComeWholeHoweverTheBytesAreCut() {
        byte[] log =
                "\u0002Terraform v1\nPläne: 1 zu ändern\nno newline at the end\u0003".getBytes(StandardCharsets.UTF_8);
        for (int piece = 1; piece < log.length; piece++) {
            lines.clear();
            int size = piece;
            LogTail tail = new LogTail(
                    offset -> Arrays.copyOfRange(log, (int) offset, (int) Math.min(log.length, offset + size)),
                    lines::add);
            tail.read();
            assertThat(lines).containsExactly("Terraform v1", "Pläne: 1 zu ändern", "no newline at the end");
            assertThat(tail.ended()).isTrue();
            assertThat(tail.bytes()).isEqualTo(log.length);
        }
    }

    @Test
    void anUnfinishedLogIsReadOnLater() {
        byte[] begin = "\u0002one\ntw".getBytes(StandardCharsets.UTF_8);
        byte[] whole = "\u0002one\ntwo\n\u0003".getBytes(StandardCharsets.UTF_8);
        byte[][] now = {begin};
        LogTail tail = new LogTail(offset -> Arrays.copyOfRange(now[0], (int) offset, now[0].length), lines::add);
        tail.read();
        assertThat(lines).containsExactly("one");
        assertThat(tail.ended()).isFalse();
        now[0] = whole;
        tail.read();
        assertThat(lines).containsExactly("one", "two");
        assertThat(tail.ended()).isTrue();
    }
}
