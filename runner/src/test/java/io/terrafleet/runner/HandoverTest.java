package io.terrafleet.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandoverTest {
    @TempDir
    Path machine;

    @Test
    void theNewestStayWhenThereAreTooMany() throws IOException {
        Handover handover = new Handover(machine.resolve("handover"));
        for (int number = 0; number <= 128; number++) {
            leave(handover, number, 10);
        }
        assertThat(left()).hasSize(96).contains("init-33", "init-128").doesNotContain("init-32", "init-0");
    }

    @Test
    void soManyAsMayStayAreLeftAlone() throws IOException {
        Handover handover = new Handover(machine.resolve("handover"));
        for (int number = 0; number < 128; number++) {
            leave(handover, number, 10);
        }
        assertThat(left()).hasSize(128);
    }

    @Test
    void theOldestGoWhenHeavyOnesAreTooMuchTogether() throws IOException {
        Handover handover = new Handover(machine.resolve("handover"));
        leave(handover, 1, 3L << 30);
        leave(handover, 2, 10);
        leave(handover, 3, 2L << 30);
        assertThat(left()).containsExactlyInAnyOrder("init-2", "init-3");
    }

    @Test
    void whatIsLeftIsTakenOnce() throws IOException {
        Handover handover = new Handover(machine.resolve("handover"));
        leave(handover, 1, 10);
        Path working = Files.createDirectory(machine.resolve("next"));
        assertThat(handover.take("init-1", working)).isTrue();
        assertThat(working.resolve(".terraform/file")).hasSize(10);
        assertThat(handover.take("init-1", working)).isFalse();
    }

    /** The file has holes, so it takes no place on the disk. */
    private void leave(Handover handover, int number, long bytes) throws IOException {
        Path working = Files.createDirectory(machine.resolve("working-" + number));
        Path made = Files.createDirectory(working.resolve(".terraform"));
        try (RandomAccessFile file = new RandomAccessFile(made.resolve("file").toFile(), "rw")) {
            file.setLength(bytes);
        }
        Files.setLastModifiedTime(made, FileTime.fromMillis(1_800_000_000_000L + number * 1_000L));
        handover.leave("init-" + number, working);
    }

    private List<String> left() throws IOException {
        try (Stream<Path> entries = Files.list(machine.resolve("handover"))) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}
