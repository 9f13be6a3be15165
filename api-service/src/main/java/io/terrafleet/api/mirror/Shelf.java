package io.terrafleet.api.mirror;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Copies on disk. Archives are named by their SHA-256, so two replicas that fetch the same one write the same file; each appears whole, by
 * a rename. A file's time is when it was last asked for (of documents: fetched). When there are too many bytes the oldest go, archives before
 * documents: those are small, and without them an archive cannot be found while its registry is away.
 */
final class Shelf {
    private static final String ARCHIVE = ".zip";
    private static final String CONTENT_HASH = ".h1";
    private static final String DOCUMENT = ".json";
    private static final String UNFINISHED = ".part";
    private static final Duration ABANDONED = Duration.ofHours(2);
    private static final Duration TOUCH_EVERY = Duration.ofMinutes(1);

    /** @param at when it was written */
    @SuppressWarnings("ArrayRecordComponent")
    record Document(byte[] content, Instant at) {}

    private record Entry(Path file, long bytes, Instant at) {
        boolean document() {
            return file.toString().endsWith(DOCUMENT);
        }

        boolean unfinished() {
            return file.toString().endsWith(UNFINISHED);
        }
    }

    private final Path root;
    private final long most;
    private final InstantSource clock;

    Shelf(Path root, long most, InstantSource clock) {
        this.root = root.toAbsolutePath();
        this.most = most;
        this.clock = clock;
    }

    /** An archive that is here; it counts as asked for now. */
    Optional<Path> archive(String sha256) throws IOException {
        Path file = place(sha256 + ARCHIVE);
        return touched(file) && touched(place(sha256 + CONTENT_HASH)) ? Optional.of(file) : Optional.empty();
    }

    /** The content's hash of an archive that is here. */
    Optional<String> contentHash(String sha256) throws IOException {
        Path file = place(sha256 + CONTENT_HASH);
        try {
            return Files.exists(place(sha256 + ARCHIVE)) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    /** A file to download into, on the same file system. */
    Path unfinished() throws IOException {
        Files.createDirectories(root);
        return Files.createTempFile(root, "new-", UNFINISHED);
    }

    /** Takes a downloaded archive, whose hash has been checked, and makes room for it. */
    Path keep(Path downloaded, String sha256) throws IOException {
        write(place(sha256 + CONTENT_HASH), PackageHash.ofContent(downloaded).getBytes(StandardCharsets.US_ASCII));
        Path file = place(sha256 + ARCHIVE);
        Files.setLastModifiedTime(downloaded, FileTime.from(clock.instant()));
        Files.move(downloaded, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sweep(file);
        return file;
    }

    Optional<Document> document(String name) throws IOException {
        Path file = documentOf(name);
        try {
            return Optional.of(new Document(
                    Files.readAllBytes(file), Files.getLastModifiedTime(file).toInstant()));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    void keep(String name, byte[] document) throws IOException {
        write(documentOf(name), document);
    }

    /** How many bytes there are. */
    long bytes() throws IOException {
        return entries().stream().mapToLong(Entry::bytes).sum();
    }

    private Path documentOf(String name) {
        byte[] digest = PackageHash.sha256().digest(name.getBytes(StandardCharsets.UTF_8));
        return place(HexFormat.of().formatHex(digest) + DOCUMENT);
    }

    private Path place(String file) {
        return root.resolve(file.substring(0, 2)).resolve(file);
    }

    private void write(Path file, byte[] content) throws IOException {
        Path fresh = unfinished();
        Files.write(fresh, content);
        Files.setLastModifiedTime(fresh, FileTime.from(clock.instant()));
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private boolean touched(Path file) throws IOException {
        try {
            Instant now = clock.instant();
            if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(TOUCH_EVERY))) {
                Files.setLastModifiedTime(file, FileTime.from(now));
            }
            return true;
        } catch (NoSuchFileException absent) {
            return false;
        }
    }

    /** @param spared what was kept just now and is about to be served */
    private void sweep(Path spared) throws IOException {
        List<Entry> entries = new ArrayList<>(entries());
        Instant abandoned = clock.instant().minus(ABANDONED);
        for (Entry entry : List.copyOf(entries)) {
            if (entry.unfinished() && entry.at().isBefore(abandoned)) {
                Files.deleteIfExists(entry.file());
                entries.remove(entry);
            }
        }
        entries.sort(Comparator.comparing(Entry::document).thenComparing(Entry::at));
        long left = entries.stream().mapToLong(Entry::bytes).sum();
        for (Entry entry : entries) {
            if (left <= most) {
                return;
            }
            if (!entry.unfinished() && !entry.file().equals(spared)) {
                Files.deleteIfExists(entry.file());
                left -= entry.bytes();
            }
        }
    }

    private List<Entry> entries() throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        List<Path> files;
        try (Stream<Path> all = Files.walk(root, 2)) {
            files = all.toList();
        }
        return files.stream().flatMap(file -> entry(file).stream()).toList();
    }

    /** Empty for a directory, and for what another replica removed meanwhile. */
    private static Optional<Entry> entry(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile()
                    ? Optional.of(new Entry(
                            file,
                            attributes.size(),
                            attributes.lastModifiedTime().toInstant()))
                    : Optional.empty();
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
