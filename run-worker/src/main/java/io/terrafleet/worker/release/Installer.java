package io.terrafleet.worker.release;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Installs versions beside each other, {@code PRODUCT/VERSION/PRODUCT} below one directory. A version appears whole, after its
 * checksum and the checksum's signature were verified; a file lock keeps several workers apart.
 */
public final class Installer {
    private static final int MOST_SUMS = 1 << 20;
    private static final int MOST_SIGNATURE = 1 << 16;
    private static final long MOST_ZIP = 512L << 20;
    private static final long MOST_BINARY = 1L << 30;

    private final Path root;
    private final ReleaseIndex index;
    private final ReleaseKey key;
    private final String platform;

    /** @param platform for example {@code linux_amd64} */
    public Installer(Path root, ReleaseIndex index, ReleaseKey key, String platform) {
        this.root = root;
        this.index = index;
        this.key = key;
        this.platform = platform;
    }

    /** Installed versions of a product. */
    List<Version> installed(String product) throws IOException {
        Path directory = root.resolve(product);
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Version> versions = new ArrayList<>();
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.toList()) {
                Version.parse(String.valueOf(entry.getFileName()))
                        .filter(version -> Files.isExecutable(binary(product, version)))
                        .ifPresent(versions::add);
            }
        }
        return List.copyOf(versions);
    }

    /** Where a version is or would be. */
    Path binary(String product, Version version) {
        return root.resolve(product).resolve(version.toString()).resolve(product);
    }

    /** Downloads, verifies and installs, unless it is there already. */
    synchronized Path install(String product, Version version) throws IOException {
        Path directory = Files.createDirectories(root.resolve(product));
        Path binary = binary(product, version);
        try (FileChannel lockFile = FileChannel.open(
                        directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lockFile.lock()) {
            if (!Files.isExecutable(binary)) {
                Path fresh = directory.resolve(".new-" + version);
                delete(fresh);
                Files.createDirectories(fresh);
                try {
                    unpack(download(product, version, fresh), product, fresh);
                    delete(directory.resolve(version.toString()));
                    Files.move(fresh, directory.resolve(version.toString()), StandardCopyOption.ATOMIC_MOVE);
                } finally {
                    delete(fresh);
                }
            }
        }
        return binary;
    }

    private Path download(String product, Version version, Path fresh) throws IOException {
        String folder = product + "/" + version + "/";
        String stem = product + "_" + version + "_";
        String sumsPath = folder + stem + "SHA256SUMS";
        byte[] sums = index.read(sumsPath, MOST_SUMS);
        byte[] signature = index.read(sumsPath + ".sig", MOST_SIGNATURE);
        if (!key.signed(sums, signature)) {
            throw new IOException("the checksums of " + product + " " + version + " at " + index
                    + " are not signed by the key " + key.fingerprint());
        }
        String zipName = stem + platform + ".zip";
        String expected = sum(sums, zipName)
                .orElseThrow(() -> new IOException(product + " " + version + " has no build for " + platform));
        Path zip = fresh.resolve(zipName);
        index.download(folder + zipName, zip, MOST_ZIP);
        String found = sha256(zip);
        if (!found.equals(expected)) {
            throw new IOException(zipName + " from " + index + " has the SHA-256 " + found + "; signed is " + expected);
        }
        return zip;
    }

    private static Optional<String> sum(byte[] sums, String name) {
        return new String(sums, StandardCharsets.US_ASCII)
                .lines()
                .map(line -> line.strip().split("\\s+\\*?", 2))
                .filter(parts -> parts.length == 2 && parts[1].equals(name))
                .map(parts -> parts[0])
                .findFirst();
    }

    static void unpack(Path zip, String product, Path fresh) throws IOException {
        Path binary = fresh.resolve(product);
        try (ZipInputStream entries = new ZipInputStream(Files.newInputStream(zip))) {
            ZipEntry entry = entries.getNextEntry();
            while (entry != null && !entry.getName().equals(product)) {
                entry = entries.getNextEntry();
            }
            if (entry == null) {
                throw new IOException(zip.getFileName() + " holds no " + product);
            }
            try (OutputStream out = Files.newOutputStream(binary)) {
                copy(entries, out);
            }
        }
        Files.setPosixFilePermissions(binary, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.delete(zip);
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long copied = 0;
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
            copied += length;
            if (copied > MOST_BINARY) {
                throw new IOException("the binary is larger than " + MOST_BINARY + " bytes");
            }
            out.write(buffer, 0, length);
        }
    }

    static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                digest.update(buffer, 0, length);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }

    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
