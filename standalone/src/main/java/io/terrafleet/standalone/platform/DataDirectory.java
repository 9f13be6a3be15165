package io.terrafleet.standalone.platform;

import io.terrafleet.standalone.Wiring;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything of one installation that outlives a start, readable by its owner only and held by one process at a time. The
 * operating system gives the lock back when its holder dies, so nothing is to be removed by hand after a kill -9.
 */
public final class DataDirectory implements AutoCloseable {
    private static final String KEY = "internal.key";
    private static final String ADMIN_TOLD = "admin-token.told";

    private final Path path;
    private final FileChannel lockFile;

    private DataDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /** @throws PlatformUnusable when another process holds it or it cannot be written */
    public static DataDirectory open(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        try {
            Files.createDirectories(absolute);
            Files.setPosixFilePermissions(absolute, PosixFilePermissions.fromString("rwx------"));
            return new DataDirectory(absolute, lock(absolute));
        } catch (IOException | UnsupportedOperationException e) {
            throw new PlatformUnusable("the data directory " + absolute + " cannot be used: " + e, e);
        }
    }

    public Path path() {
        return path;
    }

    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** The secret that the services share, made at the first start. */
    public String internalKey() {
        return kept(KEY).orElseGet(() -> {
            String made = Wiring.secret(32);
            keep(KEY, made);
            return made;
        });
    }

    /** Whether an administrator's token was told at an earlier start; it is kept nowhere in clear. */
    public boolean adminTokenTold() {
        return Files.exists(path.resolve(ADMIN_TOLD));
    }

    public void markAdminTokenTold() {
        keep(ADMIN_TOLD, "");
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        Path file = directory.resolve("lock");
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (!tryLock(channel)) {
            String holder = Files.readString(file).strip();
            channel.close();
            throw new PlatformUnusable("Terrafleet already runs on " + directory
                    + (holder.isEmpty() ? "" : " (process " + holder + ")")
                    + ". Stop it first, or start a second one with another --data and --port.");
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        channel.force(true);
        return channel;
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private Optional<String> kept(String name) {
        try {
            Path file = path.resolve(name);
            return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (IOException e) {
            throw new PlatformUnusable(path.resolve(name) + " cannot be read: " + e, e);
        }
    }

    /** All or nothing, so that a kill in between leaves no half of a key. */
    private void keep(String name, String content) {
        try {
            Path draft = path.resolve(name + ".draft");
            Files.deleteIfExists(draft);
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(draft, content);
            Files.move(draft, path.resolve(name), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new PlatformUnusable(path.resolve(name) + " cannot be written: " + e, e);
        }
    }
}
