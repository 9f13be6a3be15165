package io.terrafleet.api.mirror;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The two hashes by which terraform knows a provider: of its archive ({@code zh:}) and of what is in it ({@code h1:}). */
final class PackageHash {
    private static final int MOST_ENTRIES = 10_000;
    private static final long MOST_UNPACKED = 4L << 30;

    private PackageHash() {}

    /** SHA-256 of the file; hexadecimal, lower case. */
    static String ofArchive(Path archive) throws IOException {
        try (InputStream in = Files.newInputStream(archive)) {
            return hex(in, Long.MAX_VALUE);
        }
    }

    /**
     * Hash1 of Go's {@code dirhash}: SHA-256 over a line for each file, {@code HASH  NAME}, in the order of their names.
     *
     * @throws IOException when the archive is none, or absurdly large
     */
    static String ofContent(Path archive) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            if (zip.size() > MOST_ENTRIES) {
                throw new IOException("the archive has " + zip.size() + " entries, more than " + MOST_ENTRIES);
            }
            Map<String, ZipEntry> files = new TreeMap<>();
            zip.stream().filter(entry -> !entry.isDirectory()).forEach(entry -> files.put(entry.getName(), entry));
            MessageDigest lines = sha256();
            for (Map.Entry<String, ZipEntry> file : files.entrySet()) {
                try (InputStream in = zip.getInputStream(file.getValue())) {
                    String line = hex(in, MOST_UNPACKED) + "  " + file.getKey() + "\n";
                    lines.update(line.getBytes(StandardCharsets.UTF_8));
                }
            }
            return Base64.getEncoder().encodeToString(lines.digest());
        }
    }

    private static String hex(InputStream in, long most) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[1 << 16];
        long total = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            total += read;
            if (total > most) {
                throw new IOException("a file of the archive is larger than " + most + " bytes");
            }
            digest.update(buffer, 0, read);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
