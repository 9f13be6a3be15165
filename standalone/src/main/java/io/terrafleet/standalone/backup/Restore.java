package io.terrafleet.standalone.backup;

import io.terrafleet.contracts.Json;
import io.terrafleet.standalone.backup.Backup.Contents;
import io.terrafleet.standalone.platform.PlatformUnusable;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** Lays a {@link Backup} out again, in a directory where nothing is. */
public final class Restore {
    private static final int MOST_CONTENTS = 10_000;

    private final Path target;
    private final Map<Path, Integer> directories = new LinkedHashMap<>();
    private long files;
    private long bytes;

    private Restore(Path target) {
        this.target = target;
    }

    /** All or nothing: {@code target} appears when all of it is there. */
    public static Contents read(Path file, Path target) {
        Path absolute = target.toAbsolutePath().normalize();
        Path draft = absolute.resolveSibling(absolute.getFileName() + ".restoring");
        try {
            requireEmpty(absolute);
            requireEmpty(draft);
            Files.createDirectories(draft);
            Contents contents = laidOut(file, draft);
            Files.deleteIfExists(absolute);
            Files.move(draft, absolute);
            return contents;
        } catch (IOException e) {
            throw new PlatformUnusable(file + " cannot be restored to " + absolute + ": " + e.getMessage(), e);
        }
    }

    private static Contents laidOut(Path file, Path draft) throws IOException {
        try {
            return new Restore(draft).unpack(file);
        } catch (IOException e) {
            delete(draft);
            throw e;
        } catch (IllegalArgumentException e) { // how the library says that a header is none
            delete(draft);
            throw new IOException("it is no backup: " + e.getMessage(), e);
        }
    }

    private static void requireEmpty(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> entries = Files.list(directory)) {
            if (entries.findAny().isPresent()) {
                throw new PlatformUnusable(directory
                        + " is not empty; a restore overwrites nothing. Move it away, or name another with --data.");
            }
        }
    }

    private Contents unpack(Path file) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file)), 1 << 16),
                StandardCharsets.UTF_8.name())) {
            Optional<Contents> end = Optional.empty();
            for (TarArchiveEntry entry = next(tar); entry != null; entry = next(tar)) {
                if (entry.getName().equals(Backup.END)) {
                    end = Optional.of(Json.mapper().readValue(tar.readNBytes(MOST_CONTENTS), Contents.class));
                } else {
                    layOut(entry, tar);
                }
            }
            for (Map.Entry<Path, Integer> each : directories.entrySet()) {
                Files.setPosixFilePermissions(each.getKey(), Modes.permissions(each.getValue()));
            }
            Contents contents = end.orElseThrow(() -> new IOException("it is no whole backup: its end is missing"));
            if (contents.version() != 1) {
                throw new IOException("it is of format " + contents.version() + ", known is 1");
            }
            if (contents.files() != files || contents.bytes() != bytes) {
                throw new IOException("it should have " + contents.files() + " files and " + contents.bytes()
                        + " bytes, and has " + files + " and " + bytes);
            }
            return contents;
        }
    }

    private static @Nullable TarArchiveEntry next(TarArchiveInputStream tar) throws IOException {
        return tar.getNextEntry();
    }

    private void layOut(TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException {
        Path path = inside(entry);
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            directories.put(path, entry.getMode());
        } else if (entry.isFile()) {
            bytes += Files.copy(tar, path);
            files++;
            Files.setPosixFilePermissions(path, Modes.permissions(entry.getMode()));
        } else {
            throw new IOException("the entry " + entry.getName() + " is neither a file nor a directory");
        }
    }

    private Path inside(TarArchiveEntry entry) throws IOException {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target) || path.equals(target)) {
            throw new IOException("the entry " + entry.getName() + " would lie outside");
        }
        return path;
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        }
    }
}
