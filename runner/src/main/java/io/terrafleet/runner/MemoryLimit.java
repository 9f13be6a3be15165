package io.terrafleet.runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether the kernel killed a process of this container because its memory limit was reached. A container's memory group is mounted at a
 * known place (https://docs.kernel.org/admin-guide/cgroup-v2.html, "memory.events"; version 1: "memory.oom_control").
 */
final class MemoryLimit {
    private static final Pattern KILLS = Pattern.compile("(?m)^oom_kill (\\d{1,18})$");
    private static final long MIB = 1 << 20;

    private final Path groups;

    /** @param groups where the control groups are mounted, {@code /sys/fs/cgroup} */
    MemoryLimit(Path groups) {
        this.groups = groups;
    }

    static MemoryLimit ofThisContainer() {
        return new MemoryLimit(Path.of("/sys/fs/cgroup"));
    }

    /** A piece of a sentence to append; empty when memory was not the reason, or nobody can tell. */
    String said() {
        long kills = read("memory.events")
                .or(() -> read("memory/memory.oom_control"))
                .map(MemoryLimit::kills)
                .orElse(0L);
        if (kills == 0) {
            return "";
        }
        String limit = read("memory.max")
                .or(() -> read("memory/memory.limit_in_bytes"))
                .map(String::strip)
                .filter(text -> text.matches("\\d{1,18}"))
                .map(text -> " of " + Long.parseLong(text) / MIB + " MiB")
                .orElse("");
        return ": it was killed because the memory limit" + limit + " was reached; raise the limit of the worker's pods"
                + " (terrafleet.worker.pod.memory-limit), or lower terraform's -parallelism";
    }

    private static long kills(String events) {
        Matcher found = KILLS.matcher(events);
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }

    private Optional<String> read(String name) {
        Path file = groups.resolve(name);
        try {
            return Files.isReadable(file)
                    ? Optional.of(Files.readString(file, StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (IOException e) {
            System.err.println(file + " cannot be read: " + e.getMessage());
            return Optional.empty();
        }
    }
}
