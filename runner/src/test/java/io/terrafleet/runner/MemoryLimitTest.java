package io.terrafleet.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryLimitTest {
    @TempDir
    Path groups = Path.of("");

    private String said() {
        return new MemoryLimit(groups).said();
    }

    @Test
    void aKillAtTheLimitIsToldWithTheLimit() throws IOException {
        Files.writeString(
                groups.resolve("memory.events"), "low 0\nhigh 0\nmax 12\noom 1\noom_kill 1\noom_group_kill 0\n");
        Files.writeString(groups.resolve("memory.max"), "536870912\n");

        assertThat(said()).contains("memory limit of 512 MiB was reached").contains("memory-limit");
    }

    @Test
    void theFirstVersionOfControlGroupsIsReadToo() throws IOException {
        Files.createDirectories(groups.resolve("memory"));
        Files.writeString(groups.resolve("memory/memory.oom_control"), "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n");
        Files.writeString(groups.resolve("memory/memory.limit_in_bytes"), "1073741824\n");

        assertThat(said()).contains("memory limit of 1024 MiB");
    }

    @Test
    void withoutAKillNothingIsSaid() throws IOException {
        assertThat(said()).isEmpty();
        Files.writeString(groups.resolve("memory.events"), "max 12\noom 3\noom_kill 0\n");
        assertThat(said()).isEmpty();
    }

    @Test
    void withoutALimitTheKillIsStillTold() throws IOException {
        Files.writeString(groups.resolve("memory.events"), "oom_kill 1\n");
        Files.writeString(groups.resolve("memory.max"), "max\n");

        assertThat(said()).contains("the memory limit was reached");
    }
}
