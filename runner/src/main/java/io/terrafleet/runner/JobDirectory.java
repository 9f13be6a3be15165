package io.terrafleet.runner;

import io.terrafleet.contracts.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** The files of one job. Only their owner can read them; what another process needs to rescue the job is among them. */
public record JobDirectory(Path root) {
    /** Survive {@link #clear}: the worker's own note of the job, and the last word. */
    private static final Set<String> LASTING = Set.of("spec.json", "outcome.json", "lost.json");

    /** A process by identifier and start, since identifiers are used again. */
    public record Pid(long pid, Optional<Instant> started) {
        public static Pid of(ProcessHandle handle) {
            return new Pid(handle.pid(), handle.info().startInstant());
        }

        /** The process, if it still is the same one. */
        public Optional<ProcessHandle> alive() {
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .filter(handle -> handle.info().startInstant().equals(started));
        }
    }

    public void create() throws IOException {
        Files.createDirectories(
                root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (Path directory : new Path[] {configuration(), state(), output()}) {
            Files.createDirectories(directory);
        }
    }

    public Path configuration() {
        return root.resolve("configuration");
    }

    public Path state() {
        return root.resolve("state");
    }

    public Path stateFile() {
        return state().resolve("terraform.tfstate");
    }

    /** What terraform printed, by command, unmasked. */
    public Path output() {
        return root.resolve("output");
    }

    public Path log() {
        return root.resolve("log");
    }

    public Path plan() {
        return root.resolve("tfplan");
    }

    public Path planJson() {
        return root.resolve("plan.json");
    }

    /** Of all providers, as {@code terraform providers schema -json} prints them. */
    public Path schemas() {
        return root.resolve("schemas.json");
    }

    public Path redactedJson() {
        return root.resolve("plan-redacted.json");
    }

    public Path workdirChanges() {
        return root.resolve("workdir.tar.gz");
    }

    public Path download(String name) {
        return root.resolve(name + ".download");
    }

    public Path variables() {
        return root.resolve("variables.tfvars");
    }

    /** terraform's, when the runner makes it. */
    public Path cliConfiguration() {
        return root.resolve("terraform.rc");
    }

    /** What proves to clouds who the phase is. */
    public Path identity() {
        return root.resolve("identity");
    }

    /** The private key for git, when the workspace has one. */
    public Path sshKey() {
        return root.resolve("ssh-key");
    }

    /** Hosts that git met while it used the key. */
    public Path sshHosts() {
        return root.resolve("ssh-hosts");
    }

    public Path assignment() {
        return root.resolve("assignment.json");
    }

    public Path claimant() {
        return root.resolve("claimant.json");
    }

    public Path claim() {
        return root.resolve("claim.json");
    }

    public Path runner() {
        return root.resolve("runner.json");
    }

    public Path terraform() {
        return root.resolve("terraform.json");
    }

    public Path shipped() {
        return root.resolve("shipped.json");
    }

    public Path outcome() {
        return root.resolve("outcome.json");
    }

    /** Writes the file whole or not at all. */
    public void write(Path file, Object value) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        writePrivately(temporary, Json.write(value));
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Writes a small file that is written again and again, in its place: one write, that a kill of this process does not tear. What is
     * longer there already is covered with blanks.
     */
    public void note(Path file, Object value) throws IOException {
        byte[] json = Json.write(value);
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            byte[] line = Arrays.copyOf(json, (int) Math.max(json.length, channel.size()));
            Arrays.fill(line, json.length, line.length, (byte) ' ');
            ByteBuffer content = ByteBuffer.wrap(line);
            while (content.hasRemaining()) {
                channel.write(content);
            }
        }
    }

    /** Empty for a file that is absent, and for one that was made and not written any more. */
    public <T> Optional<T> read(Path file, Class<T> type) throws IOException {
        try {
            byte[] content = Files.readAllBytes(file);
            return content.length == 0
                    ? Optional.empty()
                    : Optional.of(Json.mapper().readValue(content, type));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    /** A file that only its owner can read, from its first moment on. */
    public static void writePrivately(Path file, byte[] content) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, content, StandardOpenOption.WRITE);
    }

    /** Removes everything but the lasting notes and, if asked, the state. */
    public void clear(boolean keepState) throws IOException {
        try (var entries = Files.list(root)) {
            for (Path entry : entries.toList()) {
                boolean kept = LASTING.contains(entry.getFileName().toString()) || (keepState && entry.equals(state()));
                if (!kept) {
                    delete(entry);
                }
            }
        }
    }

    /** Deletes a tree without following links. */
    public static void delete(Path tree) throws IOException {
        if (!Files.exists(tree, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                    Path directory, java.io.@org.jspecify.annotations.Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
