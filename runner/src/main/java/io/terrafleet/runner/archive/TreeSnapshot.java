package io.terrafleet.runner.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** The plain files of a directory tree at one moment, to tell later which were made or changed. {@code .terraform} is left out. */
public final class TreeSnapshot {
    /** More than this, in bytes, is not carried from plan to apply. */
    public static final long MOST_BYTES = 512L << 20;

    private record Look(long size, FileTime modified) {}

    private final Path root;
    private final Predicate<Path> ignored;
    private final Map<Path, Look> looks;

    private TreeSnapshot(Path root, Predicate<Path> ignored, Map<Path, Look> looks) {
        this.root = root;
        this.ignored = ignored;
        this.looks = looks;
    }

    /** @param ignored files, absolute, that never count */
    public static TreeSnapshot of(Path root, Predicate<Path> ignored) throws IOException {
        return new TreeSnapshot(root, ignored, look(root, ignored));
    }

    /**
     * Packs what was made or changed since.
     *
     * @return whether there was anything; {@code archive} is written only then
     */
    public boolean packChanges(Path archive) throws IOException {
        List<Path> changed = new ArrayList<>();
        long bytes = 0;
        for (Map.Entry<Path, Look> entry : look(root, ignored).entrySet()) {
            if (!entry.getValue().equals(looks.get(entry.getKey()))) {
                changed.add(entry.getKey());
                bytes += entry.getValue().size();
            }
        }
        if (bytes > MOST_BYTES) {
            throw new ArchiveRefused("the plan left " + bytes + " bytes of new files in the working directory; at most "
                    + MOST_BYTES + " can be kept for the apply");
        }
        if (changed.isEmpty()) {
            return false;
        }
        changed.sort(null);
        pack(changed, archive);
        return true;
    }

    private void pack(List<Path> files, Path archive) throws IOException {
        try (OutputStream out = Files.newOutputStream(archive);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out, 1 << 16), "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            for (Path file : files) {
                TarArchiveEntry entry =
                        new TarArchiveEntry(root.relativize(file).toString());
                entry.setSize(Files.size(file));
                entry.setMode(Files.isExecutable(file) ? 0755 : 0644);
                tar.putArchiveEntry(entry);
                Files.copy(file, tar);
                tar.closeArchiveEntry();
            }
        }
    }

    private static Map<Path, Look> look(Path root, Predicate<Path> ignored) throws IOException {
        Map<Path, Look> looks = new HashMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                Path name = directory.getFileName();
                return name != null && name.toString().equals(".terraform")
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && !ignored.test(file)) {
                    looks.put(file, new Look(attributes.size(), attributes.lastModifiedTime()));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return looks;
    }
}
