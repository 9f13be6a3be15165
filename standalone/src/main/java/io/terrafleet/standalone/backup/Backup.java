package io.terrafleet.standalone.backup;

import io.terrafleet.contracts.Json;
import io.terrafleet.standalone.platform.DataDirectory;
import io.terrafleet.standalone.platform.PlatformUnusable;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Writes the data directory of a platform that stands still into one {@code .tar.gz}: database, stored files, keys, broker and what
 * the worker keeps. Nothing moves meanwhile, so database and files fit each other. The last entry counts the others: a file without
 * it is no backup.
 */
public final class Backup {
    /** The last entry. */
    static final String END = "terrafleet-backup.json";

    /** What a start makes anew: log files, and what the worker can install again. */
    private static final Set<String> LEFT_OUT = Set.of(
            "lock", "log", "worker/terraform", "worker/tofu", "worker/builds", "worker/handover", "worker/hosts");

    /**
     * What lies in a backup.
     *
     * @param version of this format
     * @param bytes of all files together
     */
    public record Contents(int version, long files, long bytes) {}

    private final Path root;
    private final TarArchiveOutputStream tar;
    private long files;
    private long bytes;

    private Backup(Path root, TarArchiveOutputStream tar) {
        this.root = root;
        this.tar = tar;
    }

    /**
     * All or nothing: {@code file} appears when it is whole.
     *
     * @param data held by the caller, so that no platform runs on it
     * @param file must not exist
     */
    public static Contents write(DataDirectory data, Path file) {
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        try {
            if (Files.exists(file)) {
                throw new PlatformUnusable(file + " exists already; a backup overwrites nothing");
            }
            Files.deleteIfExists(draft);
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Contents contents = write(data.path(), Files.newOutputStream(draft));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            return contents;
        } catch (IOException e) {
            throw new PlatformUnusable("the backup " + file + " cannot be written: " + e, e);
        }
    }

    private static Contents write(Path root, OutputStream target) throws IOException {
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(
                new Gzip(new BufferedOutputStream(target, 1 << 16)), StandardCharsets.UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            Backup backup = new Backup(root, tar);
            backup.walk();
            return backup.end();
        }
    }

    /** Most of it is encrypted and does not shrink: speed counts. */
    private static final class Gzip extends GZIPOutputStream {
        Gzip(OutputStream out) throws IOException {
            super(out, 1 << 16);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    private void walk() throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (LEFT_OUT.contains(name(directory))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                if (!directory.equals(root)) {
                    begin(directory, name(directory) + "/", 0);
                    tar.closeArchiveEntry();
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile() && !LEFT_OUT.contains(name(file))) {
                    begin(file, name(file), attributes.size());
                    copy(file, attributes.size());
                    tar.closeArchiveEntry();
                    files++;
                    bytes += attributes.size();
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** A runner that outlived its platform may still write its log: what comes after the size was seen is not in the backup. */
    private void copy(Path file, long size) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] piece = new byte[1 << 16];
            long left = size;
            while (left > 0) {
                int read = in.read(piece, 0, (int) Math.min(piece.length, left));
                if (read < 0) {
                    throw new IOException(file + " became shorter while it was read");
                }
                tar.write(piece, 0, read);
                left -= read;
            }
        }
    }

    private String name(Path path) {
        return root.relativize(path).toString();
    }

    private void begin(Path path, String name, long size) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(size);
        entry.setMode(Modes.of(path));
        entry.setLastModifiedTime(Files.getLastModifiedTime(path));
        tar.putArchiveEntry(entry);
    }

    private Contents end() throws IOException {
        Contents contents = new Contents(1, files, bytes);
        byte[] json = Json.write(contents);
        TarArchiveEntry entry = new TarArchiveEntry(END);
        entry.setSize(json.length);
        tar.putArchiveEntry(entry);
        tar.write(json);
        tar.closeArchiveEntry();
        return contents;
    }
}
