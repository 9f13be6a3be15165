package io.terrafleet.runner;

import io.terrafleet.runner.terraform.WorkingDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What {@code init} installed, kept on the same machine for who needs the same. Only a shortcut: whatever is missing or broken is
 * installed anew.
 *
 * @param root holds a directory for each; the newest stay, at most {@value #MOST} and together at most 4 GiB
 */
record Handover(Path root) {
    private static final int MOST = 128;
    private static final long MOST_BYTES = 4L << 30;
    private static final int PROVIDER_DEPTH = 6;

    /** Takes what init made out of a working directory; what worked there must be over. */
    void leave(String name, Path working) throws IOException {
        Path made = WorkingDirectory.dataDirectory(working);
        if (!Files.isDirectory(made)) {
            return;
        }
        Files.createDirectories(
                root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path place = root.resolve(name);
        JobDirectory.delete(place);
        Files.move(made, place, StandardCopyOption.ATOMIC_MOVE);
        forget();
    }

    /** @return whether the working directory is initialized now */
    boolean take(String name, Path working) throws IOException {
        Path target = WorkingDirectory.dataDirectory(working);
        JobDirectory.delete(target);
        try {
            Files.move(root.resolve(name), target, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException nothingLeft) {
            return false;
        }
        if (whole(target.resolve("providers"))) {
            return true;
        }
        JobDirectory.delete(target);
        return false;
    }

    /** Providers of a mirror or a cache are links into it; a link into nothing means that it was cleared since. */
    private static boolean whole(Path providers) throws IOException {
        if (!Files.exists(providers)) {
            return true;
        }
        try (Stream<Path> entries = Files.walk(providers, PROVIDER_DEPTH)) {
            return entries.allMatch(Files::exists);
        }
    }

    private void forget() throws IOException {
        List<Path> newestFirst;
        try (Stream<Path> entries = Files.list(root)) {
            newestFirst =
                    entries.sorted(Comparator.comparingLong(Handover::age)).toList();
        }
        int kept = 0;
        long bytes = 0;
        for (Path place : newestFirst) {
            bytes += weight(place);
            kept++;
            if (kept > MOST || bytes > MOST_BYTES) {
                JobDirectory.delete(place);
            }
        }
    }

    /** Bytes of the files in it, without what links lead to; nothing when an apply took it meanwhile. */
    private static long weight(Path place) throws IOException {
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (NoSuchFileException | UncheckedIOException taken) {
            return 0;
        }
    }

    private static long age(Path place) {
        return -place.toFile().lastModified();
    }
}
