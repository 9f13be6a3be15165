package io.terrafleet.api.artifact;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.StreamingAead;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.streamingaead.AesGcmHkdfStreamingParameters;
import com.google.crypto.tink.streamingaead.StreamingAeadConfig;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Encrypted files in one directory. Each has a key of its own; the artifact's id is associated data, so files cannot be swapped. A
 * file appears under its name only when it is complete and on the disk.
 */
final class Vault {
    private static final int SEGMENT_BYTES = 64 * 1024;
    private static final AesGcmHkdfStreamingParameters KIND = kind();

    private final Path directory;

    Vault(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory.toAbsolutePath());
    }

    static byte[] newKey() {
        try {
            return TinkProtoKeysetFormat.serializeKeyset(KeysetHandle.generateNew(KIND), InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM cannot make an AES-256-GCM-HKDF key", e);
        }
    }

    /** Where to write the plain content; {@link Writing#complete()} makes it appear. */
    Writing write(String id, byte[] key) throws IOException {
        Path temporary = directory.resolve(id + ".part");
        FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            MessageDigest sha256 = Digests.sha256();
            MessageDigest md5 = Digests.md5();
            OutputStream digesting = new DigestOutputStream(new DigestOutputStream(unclosing(channel), sha256), md5);
            OutputStream encrypting = cipher(key).newEncryptingStream(digesting, associated(id));
            return new Writing(temporary, path(id), channel, encrypting, sha256, md5);
        } catch (GeneralSecurityException e) {
            channel.close();
            Files.delete(temporary);
            throw new IOException("the artifact " + id + " cannot be encrypted", e);
        }
    }

    InputStream read(String id, byte[] key) throws IOException {
        return decrypt(id, key, Files.newInputStream(path(id)));
    }

    /** The plain content of what {@link #write} made, wherever it lies now. */
    static InputStream decrypt(String id, byte[] key, InputStream encrypted) throws IOException {
        try {
            return cipher(key).newDecryptingStream(new BufferedInputStream(encrypted, SEGMENT_BYTES), associated(id));
        } catch (GeneralSecurityException e) {
            encrypted.close();
            throw new IOException("the artifact " + id + " cannot be decrypted", e);
        }
    }

    void delete(String id) throws IOException {
        Files.deleteIfExists(path(id));
    }

    private Path path(String id) {
        return directory.resolve(id);
    }

    private static StreamingAead cipher(byte[] key) throws GeneralSecurityException {
        return TinkProtoKeysetFormat.parseKeyset(key, InsecureSecretKeyAccess.get())
                .getPrimitive(RegistryConfiguration.get(), StreamingAead.class);
    }

    private static byte[] associated(String id) {
        return id.getBytes(StandardCharsets.UTF_8);
    }

    /** The channel outlives the encrypting stream, for it must be forced after the last segment. */
    private static OutputStream unclosing(FileChannel channel) {
        return new java.io.FilterOutputStream(Channels.newOutputStream(channel)) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void close() {}
        };
    }

    private static AesGcmHkdfStreamingParameters kind() {
        try {
            StreamingAeadConfig.register();
            return AesGcmHkdfStreamingParameters.builder()
                    .setKeySizeBytes(32)
                    .setDerivedAesGcmKeySizeBytes(32)
                    .setHkdfHashType(AesGcmHkdfStreamingParameters.HashType.SHA256)
                    .setCiphertextSegmentSizeBytes(SEGMENT_BYTES)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink does not know AES-256-GCM-HKDF", e);
        }
    }

    /**
     * What was encrypted, as it lies on this machine until {@link Writing} is closed.
     *
     * @param sha256 of the encrypted bytes, in hexadecimal digits
     * @param md5 of the same, as stores want it to check what arrives
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Sealed(Path file, String sha256, byte[] md5) {}

    /** A file on its way. Closing it before it is complete removes it. */
    record Writing(
            Path temporary,
            Path target,
            FileChannel channel,
            OutputStream plain,
            MessageDigest sha256,
            MessageDigest md5)
            implements AutoCloseable {
        /** Makes it appear in the directory. */
        void complete() throws IOException {
            plain.close();
            channel.force(true);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel directory = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
                directory.force(true);
            }
        }

        /** Ends it without making it appear: it is to be carried elsewhere. */
        Sealed seal() throws IOException {
            plain.close();
            return new Sealed(temporary, HexFormat.of().formatHex(sha256.digest()), md5.digest());
        }

        @Override
        public void close() throws IOException {
            channel.close();
            Files.deleteIfExists(temporary);
        }
    }
}
