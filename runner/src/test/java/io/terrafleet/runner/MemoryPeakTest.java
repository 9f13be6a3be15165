package io.terrafleet.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryPeakTest {
    @TempDir
    Path groups = Path.of("");

    private void holds(long bytes) throws IOException {
        Files.writeString(
                groups.resolve("memory.stat"), "anon " + bytes + "\nfile 734003200\nanon_thp 0\nkernel_stack 65536\n");
    }

    @Test
    void theMostThatWasSeenCounts() throws IOException {
        MemoryPeak peak = MemoryPeak.of(groups);
        holds(100_000);
        peak.look();
        holds(300_000);
        peak.look();
        holds(200_000);

        assertThat(peak.bytes()).contains(300_000L);
    }

    @Test
    void theFirstVersionOfControlGroupsIsReadToo() throws IOException {
        Files.createDirectories(groups.resolve("memory"));
        Files.writeString(groups.resolve("memory/memory.stat"), "rss 1\ntotal_cache 5\ntotal_rss 4096\n");

        assertThat(MemoryPeak.of(groups).bytes()).contains(4096L);
    }

    @Test
    void whereNothingCanBeReadNothingIsSaid() {
        assertThat(MemoryPeak.of(groups).bytes()).isEmpty();
        assertThat(MemoryPeak.unknown().bytes()).isEmpty();
    }
}
