package io.terrafleet.runner.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Remembers, in a file, the hash of the last state that the platform has: a runner that takes over ships only what is newer. */
public final class ShippedNote {
    private final Path file;
    private String sha256;

    public ShippedNote(Path file) throws IOException {
        this.file = file;
        this.sha256 = read(file);
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.US_ASCII).strip();
        } catch (NoSuchFileException nothingYet) {
            return "";
        }
    }

    public synchronized boolean has(byte[] state) {
        return sha256.equals(hash(state));
    }

    public synchronized void put(byte[] state) throws IOException {
        sha256 = hash(state);
        // Always of the same length and written at once: in its place, it is never half of one and half of another.
        Files.write(
                file, sha256.getBytes(StandardCharsets.US_ASCII), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static String hash(byte[] state) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(state));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }
}
