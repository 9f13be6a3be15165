package io.terrafleet.api.secret;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.EnumSet;
import java.util.Set;

/** The file that holds the key-encryption keys. It appears whole or not at all, and never replaces another. */
record KeysetFile(Path path) {
    private static final int MOST_BYTES = 1 << 20;
    private static final Set<PosixFilePermission> OURS_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    boolean exists() {
        return Files.exists(path);
    }

    KeysetHandle read() {
        try {
            if (Files.size(path) > MOST_BYTES) {
                throw new IllegalStateException(path + " is too large to be a keyset");
            }
            return TinkJsonProtoKeysetFormat.parseKeyset(Files.readString(path), InsecureSecretKeyAccess.get());
        } catch (IOException e) {
            throw new UncheckedIOException("the keyset file " + path + " cannot be read", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the keyset file " + path + " is not a Tink keyset in JSON", e);
        }
    }

    /** Makes a keyset with one AES-256-GCM key; when another process was faster, its keyset stays. */
    void create() {
        try {
            KeysetHandle keyset = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
            String json = TinkJsonProtoKeysetFormat.serializeKeyset(keyset, InsecureSecretKeyAccess.get());
            Path directory = Files.createDirectories(path.toAbsolutePath().getParent());
            Path temporary =
                    Files.createTempFile(directory, ".keyset", ".new", PosixFilePermissions.asFileAttribute(OURS_ONLY));
            try {
                write(temporary, json.getBytes(StandardCharsets.UTF_8));
                Files.createLink(path, temporary);
            } finally {
                Files.delete(temporary);
            }
        } catch (FileAlreadyExistsException e) {
            if (!exists()) {
                throw new UncheckedIOException(e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the keyset file " + path + " cannot be written", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM cannot make an AES-256-GCM key", e);
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }
}
