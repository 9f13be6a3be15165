package io.terrafleet.api.secret;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The file that holds the key-encryption keys. It appears whole or not at all. Keys are added, and withdrawn when nothing is sealed with them.
 *
 * @param guard what the keys are encrypted with, outside of this machine; without it they lie in the file as they are
 */
record KeysetFile(Path path, Optional<Aead> guard) {
    private static final byte[] PURPOSE = "terrafleet keyset".getBytes(StandardCharsets.UTF_8);
    private static final int MOST_BYTES = 1 << 20;
    private static final Set<PosixFilePermission> OURS_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    KeysetFile(Path path) {
        this(path, Optional.empty());
    }

    boolean exists() {
        return Files.exists(path);
    }

    KeysetHandle read() {
        try {
            if (Files.size(path) > MOST_BYTES) {
                throw new IllegalStateException(path + " is too large to be a keyset");
            }
            String json = Files.readString(path);
            return guard.isPresent() && isEncrypted(json)
                    ? TinkJsonProtoKeysetFormat.parseEncryptedKeyset(json, guard.get(), PURPOSE)
                    : TinkJsonProtoKeysetFormat.parseKeyset(json, InsecureSecretKeyAccess.get());
        } catch (IOException e) {
            throw new UncheckedIOException("the keyset file " + path + " cannot be read", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "the keyset file " + path + " is not a Tink keyset in JSON"
                            + (guard.isPresent() ? ", or the key management does not open it: " + e.getMessage() : ""),
                    e);
        }
    }

    private static boolean isEncrypted(String json) {
        return json.contains("\"encryptedKeyset\"");
    }

    /** Whether the keys lie in it as they are, although there is something to encrypt them with. */
    boolean isBare() {
        try {
            return guard.isPresent() && !isEncrypted(Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException("the keyset file " + path + " cannot be read", e);
        }
    }

    FileTime changedAt() {
        try {
            return Files.getLastModifiedTime(path);
        } catch (IOException e) {
            throw new UncheckedIOException("the keyset file " + path + " cannot be read", e);
        }
    }

    /** Adds a key, which seals from now on; the others go on unsealing. */
    void rotate() {
        change(keyset -> KeysetHandle.newBuilder(keyset)
                .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                        .withRandomId()
                        .makePrimary())
                .build());
    }

    /**
     * Forgets all keys but one, when that is the one that seals.
     *
     * @param id the one's number in the keyset
     * @return whether it is
     */
    boolean keepOnly(int id) {
        boolean[] kept = {false};
        change(keyset -> {
            if (keyset.getPrimary().getId() != id) {
                return keyset;
            }
            kept[0] = true;
            KeysetHandle.Builder builder = KeysetHandle.newBuilder(keyset);
            for (int i = builder.size() - 1; i >= 0; i--) {
                if (!builder.getAt(i).isPrimary()) {
                    builder.deleteAt(i);
                }
            }
            return builder.build();
        });
        return kept[0];
    }

    /** Encrypts keys that lie in it as they are. */
    void cover() {
        change(keyset -> keyset);
    }

    private interface Change {
        KeysetHandle of(KeysetHandle keyset) throws GeneralSecurityException;
    }

    /** One process at a time; a reader meets the old file or the new one. */
    private void change(Change change) {
        Path lockFile = path.resolveSibling(path.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            Path fresh = written(change.of(read()));
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("the keyset file " + path + " cannot be written", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the keys cannot be encrypted: " + e.getMessage(), e);
        }
    }

    private Path written(KeysetHandle keyset) throws IOException, GeneralSecurityException {
        String json = guard.isPresent()
                ? TinkJsonProtoKeysetFormat.serializeEncryptedKeyset(keyset, guard.get(), PURPOSE)
                : TinkJsonProtoKeysetFormat.serializeKeyset(keyset, InsecureSecretKeyAccess.get());
        Path directory = Files.createDirectories(path.toAbsolutePath().getParent());
        Path temporary =
                Files.createTempFile(directory, ".keyset", ".new", PosixFilePermissions.asFileAttribute(OURS_ONLY));
        write(temporary, json.getBytes(StandardCharsets.UTF_8));
        return temporary;
    }

    /** Makes a keyset with one AES-256-GCM key; when another process was faster, its keyset stays. */
    void create() {
        try {
            Path temporary = written(KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM));
            try {
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
            throw new IllegalStateException("a keyset cannot be made: " + e.getMessage(), e);
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
