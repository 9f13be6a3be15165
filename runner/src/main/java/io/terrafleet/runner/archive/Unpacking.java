package io.terrafleet.runner.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Unpacks a tar.gz that is not trusted. Only directories, plain files and relative symbolic links that stay in the tree are
 * accepted. Links are made after all files, so nothing is ever written through one; a link may climb ({@code ..}) only in front, so
 * what it means does not depend on other links.
 */
public final class Unpacking {
    private static final Set<PosixFilePermission> PLAIN = PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> EXECUTABLE = PosixFilePermissions.fromString("rwxr-xr-x");

    /**
     * @param entries at most
     * @param bytes of content in all, at most
     * @param depth of directories, at most
     */
    public record Limits(int entries, long bytes, int depth) {
        public static final Limits CONFIGURATION = new Limits(100_000, 2L << 30, 64);
    }

    private final Path root;
    private final Limits limits;
    private final Map<Path, String> links = new LinkedHashMap<>();
    private final Set<Path> safe = new HashSet<>();
    private int entries;
    private long bytes;

    private Unpacking(Path root, Limits limits) {
        this.root = root;
        this.limits = limits;
    }

    /**
     * @param archive a tar.gz
     * @param into an existing directory; files of the same name are replaced
     */
    public static void unpack(Path archive, Path into, Limits limits) throws IOException {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(archive), 1 << 16)) {
            unpack(raw, into, limits);
        }
    }

    /** The same of a tar.gz that does not lie in a file. */
    public static void unpack(InputStream archive, Path into, Limits limits) throws IOException {
        new Unpacking(into.toRealPath(), limits).unpack(archive);
    }

    private void unpack(InputStream raw) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(raw, 1 << 16), "UTF-8")) {
            for (TarArchiveEntry entry = next(tar); entry != null; entry = next(tar)) {
                take(entry, tar);
            }
        } catch (ArchiveRefused refused) {
            throw refused;
        } catch (java.util.zip.ZipException | java.io.EOFException e) {
            throw new ArchiveRefused("the configuration is not a whole tar.gz: " + e.getMessage(), e);
        }
        for (Map.Entry<Path, String> link : links.entrySet()) {
            link(link.getKey(), link.getValue());
        }
    }

    private static org.apache.commons.compress.archivers.tar.@org.jspecify.annotations.Nullable TarArchiveEntry next(
            TarArchiveInputStream tar) throws IOException {
        try {
            return tar.getNextEntry();
        } catch (IOException | IllegalArgumentException e) {
            throw new ArchiveRefused("the configuration is not a whole tar.gz: " + e.getMessage(), e);
        }
    }

    private void take(TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException {
        entries++;
        if (entries > limits.entries()) {
            throw new ArchiveRefused("the configuration has more than " + limits.entries() + " entries");
        }
        Path path = place(entry.getName());
        if (path.equals(root)) {
            return;
        }
        if (entry.isDirectory()) {
            directory(path);
        } else if (entry.isSymbolicLink()) {
            links.put(path, entry.getLinkName());
        } else if (entry.isLink()) {
            throw new ArchiveRefused(named(entry.getName())
                    + " is a hard link; only files, directories and symbolic links are accepted");
        } else if (entry.isFile() && !entry.isSparse() && !special(entry)) {
            file(path, entry, tar);
        } else {
            throw new ArchiveRefused(
                    named(entry.getName()) + " is a device, pipe or special file; only files, directories and symbolic"
                            + " links are accepted");
        }
    }

    private static boolean special(TarArchiveEntry entry) {
        return entry.isFIFO() || entry.isCharacterDevice() || entry.isBlockDevice();
    }

    /** Where the entry goes, inside the root for certain. */
    private Path place(String name) throws ArchiveRefused {
        if (name.startsWith("/")) {
            throw new ArchiveRefused(named(name) + " is an absolute path");
        }
        Path relative = path(name);
        int depth = 0;
        for (Path part : relative) {
            if (part.toString().equals("..")) {
                throw new ArchiveRefused(named(name) + " leaves the configuration");
            }
            depth++;
        }
        if (depth > limits.depth()) {
            throw new ArchiveRefused(named(name) + " is nested deeper than " + limits.depth() + " directories");
        }
        return root.resolve(relative).normalize();
    }

    private static Path path(String name) throws ArchiveRefused {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new ArchiveRefused(named(name) + " is not a usable path", e);
        }
    }

    private void directory(Path path) throws IOException {
        if (safe.contains(path)) {
            return;
        }
        Path parent = path.getParent();
        if (parent != null && !path.equals(root)) {
            directory(parent);
        }
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new ArchiveRefused(
                        named(root.relativize(path).toString()) + " is in the way of a directory of the same name");
            }
            Files.createDirectory(path);
        }
        safe.add(path);
    }

    private void file(Path path, TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException {
        Path parent = path.getParent();
        if (parent != null) {
            directory(parent);
        }
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new ArchiveRefused(named(entry.getName()) + " is a directory and a file");
        }
        Files.deleteIfExists(path);
        try (OutputStream out = Files.newOutputStream(
                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            copy(tar, out);
        }
        Files.setPosixFilePermissions(path, (entry.getMode() & 0111) == 0 ? PLAIN : EXECUTABLE);
    }

    private void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
            bytes += length;
            if (bytes > limits.bytes()) {
                throw new ArchiveRefused("the configuration is larger than " + limits.bytes() + " bytes when unpacked");
            }
            out.write(buffer, 0, length);
        }
    }

    private void link(Path path, String target) throws IOException {
        String what = named(root.relativize(path).toString());
        Path relative = path(target);
        if (relative.isAbsolute()) {
            throw new ArchiveRefused(what + " links to the absolute path " + named(target));
        }
        boolean down = false;
        for (Path part : relative) {
            boolean up = part.toString().equals("..");
            if (up && down) {
                throw new ArchiveRefused(what + " links to " + named(target) + ", where \"..\" follows a name");
            }
            down |= !up;
        }
        Path parent = path.getParent();
        if (parent == null || !parent.resolve(relative).normalize().startsWith(root)) {
            throw new ArchiveRefused(what + " links to " + named(target) + ", outside the configuration");
        }
        directory(parent);
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new ArchiveRefused(what + " is there twice");
        }
        Files.createSymbolicLink(path, relative);
    }

    private static String named(String name) {
        String clean = name.replaceAll("\\p{Cntrl}", "?");
        return "\"" + (clean.length() > 200 ? clean.substring(0, 200) + "…" : clean) + "\"";
    }
}
