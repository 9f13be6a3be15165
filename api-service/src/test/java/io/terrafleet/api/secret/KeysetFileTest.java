package io.terrafleet.api.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.AeadConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysetFileTest {
    @TempDir
    Path directory;

    @BeforeAll
    static void register() throws GeneralSecurityException {
        AeadConfig.register();
    }

    @Test
    void isMadeForItsOwnerAloneAndLeavesNothingBeside() throws IOException {
        KeysetFile file = new KeysetFile(directory.resolve("below/keyset.json"));
        file.create();

        assertThat(file.read().size()).isEqualTo(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");
        try (var beside = Files.list(directory.resolve("below"))) {
            assertThat(beside).containsExactly(file.path());
        }
    }

    @Test
    void neverReplacesAnother() throws IOException {
        KeysetFile file = new KeysetFile(directory.resolve("keyset.json"));
        file.create();
        byte[] first = Files.readAllBytes(file.path());

        file.create();

        assertThat(Files.readAllBytes(file.path())).isEqualTo(first);
    }

    @Test
    void onlyTheKeyThatSealsIsKept() {
        KeysetFile file = new KeysetFile(directory.resolve("keyset.json"));
        file.create();
        int first = file.read().getPrimary().getId();
        file.rotate();
        file.rotate();
        int last = file.read().getPrimary().getId();

        assertThat(file.keepOnly(first)).as("it does not seal any more").isFalse();
        assertThat(file.read().size()).isEqualTo(3);

        assertThat(file.keepOnly(last)).isTrue();
        assertThat(file.read().size()).isEqualTo(1);
        assertThat(file.read().getPrimary().getId()).isEqualTo(last);
    }

    @Test
    void aKeyIsAddedAndThoseBeforeStay() {
        KeysetFile file = new KeysetFile(directory.resolve("keyset.json"));
        file.create();
        int first = file.read().getPrimary().getId();

        file.rotate();

        KeysetHandle rotated = file.read();
        assertThat(rotated.size()).isEqualTo(2);
        assertThat(rotated.getAt(0).getId()).isEqualTo(first);
        assertThat(rotated.getPrimary().getId()).isNotEqualTo(first);
    }

    @Test
    void aKeyManagementCoversTheKeysAndOpensThemAgain() throws Exception {
        try (FakeTransit transit = new FakeTransit()) {
            Path path = directory.resolve("keyset.json");
            KeysetFile bare = new KeysetFile(path);
            bare.create();
            int first = bare.read().getPrimary().getId();
            KeysetFile covered = new KeysetFile(path, Optional.of(transit.client(directory)));
            assertThat(covered.isBare()).isTrue();

            covered.cover();

            assertThat(covered.isBare()).isFalse();
            assertThat(covered.read().getPrimary().getId()).isEqualTo(first);
            covered.rotate();
            assertThat(covered.read().size()).isEqualTo(2);
            assertThat(path).content().contains("encryptedKeyset");
            assertThatThrownBy(bare::read).hasMessageContaining("is not a Tink keyset in JSON");
            transit.refuse();
            assertThatThrownBy(covered::read).hasMessageContaining("permission denied");
        }
    }

    @Test
    void saysThatSomethingElseIsNoKeyset() throws IOException {
        KeysetFile file = new KeysetFile(directory.resolve("keyset.json"));
        Files.writeString(file.path(), "{\"key\": []}");

        assertThatThrownBy(file::read).hasMessageContaining("is not a Tink keyset in JSON");
    }
}
