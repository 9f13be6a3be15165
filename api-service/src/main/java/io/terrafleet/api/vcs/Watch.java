package io.terrafleet.api.vcs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.EmptyProgressMonitor;

/** Stops a fetch that fills the disk, however it comes: it looks at the directory now and then. */
final class Watch extends EmptyProgressMonitor {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Path directory;
    private final long mostBytes;
    private final Budget budget;
    private long lookedAt = System.nanoTime();

    Watch(Path directory, long mostBytes, Budget budget) {
        this.directory = directory;
        this.mostBytes = mostBytes;
        this.budget = budget;
    }

    Budget budget() {
        return budget;
    }

    @Override
    public boolean isCancelled() {
        long now = System.nanoTime();
        if (now - lookedAt > PAUSE_NANOS) {
            lookedAt = now;
            if (size() > mostBytes) {
                budget.end();
            }
        }
        return budget.spent();
    }

    private long size() {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(Path::toFile).mapToLong(java.io.File::length).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
