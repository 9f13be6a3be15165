package io.terrafleet.runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The most that all processes of this container had in memory at one time, looked at now and then. Only what cannot be dropped counts
 * ({@code anon} of https://docs.kernel.org/admin-guide/cgroup-v2.html, "memory.stat"; version 1: {@code total_rss}): the kernel's own figure of
 * a peak has the pages of unpacked providers in it, which grow until the limit whatever that is.
 */
final class MemoryPeak {
    static final long EVERY_MILLIS = 250;

    private static final Pattern HELD = Pattern.compile("(?m)^(?:anon|total_rss) (\\d{1,18})$");

    private final List<Path> files;
    private long most;

    private MemoryPeak(List<Path> files) {
        this.files = files;
    }

    /** @param groups where the control groups are mounted, {@code /sys/fs/cgroup} */
    static MemoryPeak of(Path groups) {
        return new MemoryPeak(List.of(groups.resolve("memory.stat"), groups.resolve("memory/memory.stat")));
    }

    static MemoryPeak ofThisContainer() {
        return of(Path.of("/sys/fs/cgroup"));
    }

    /** Where other jobs are in the same group, its figure says nothing of one. */
    static MemoryPeak unknown() {
        return new MemoryPeak(List.of());
    }

    synchronized void look() {
        for (Path file : files) {
            most = Math.max(most, held(file));
        }
    }

    /** Bytes, after a last look. */
    synchronized Optional<Long> bytes() {
        look();
        return most == 0 ? Optional.empty() : Optional.of(most);
    }

    private static long held(Path file) {
        try {
            Matcher found = Files.isReadable(file)
                    ? HELD.matcher(Files.readString(file, StandardCharsets.UTF_8))
                    : HELD.matcher("");
            return found.find() ? Long.parseLong(found.group(1)) : 0;
        } catch (IOException e) {
            System.err.println(file + " cannot be read: " + e.getMessage());
            return 0;
        }
    }
}
