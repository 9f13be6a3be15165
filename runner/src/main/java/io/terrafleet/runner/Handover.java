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
 * @param root holds a directory for each; the newest stay, at most {@value #MOST} and together at most 4 GiB. Weighing all of them takes
 *     long, so it happens only when one more than that lies there, or a heavy one came
 */
record Handover(Path root) {
    private static final int MOST = 128;
    private static final long MOST_BYTES = 4L << 30;
    /** So many lighter ones are never too much together. */
    private static final long HEAVY_BYTES = MOST_BYTES / MOST;
    /** What stays when there are too many: the next ones come without a look at all the others. */
    private static final int STAYING = MOST - MOST / 4;

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
        if (weight(place) > HEAVY_BYTES || all().size() > MOST) {
            forget();
        }
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

    private List<Path> all() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.toList();
        }
    }

    private record Left(Path place, long at) {}

    private void forget() throws IOException {
        List<Left> newestFirst = all().stream()
                .map(place -> new Left(place, place.toFile().lastModified()))
                .sorted(Comparator.comparingLong(Left::at).reversed())
                .toList();
        int kept = 0;
        long bytes = 0;
        for (Left left : newestFirst) {
            bytes += weight(left.place());
            kept++;
            if (kept > STAYING || bytes > MOST_BYTES) {
                JobDirectory.delete(left.place());
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
}
