package io.terrafleet.api.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.aead.AeadConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
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
    void saysThatSomethingElseIsNoKeyset() throws IOException {
        KeysetFile file = new KeysetFile(directory.resolve("keyset.json"));
        Files.writeString(file.path(), "{\"key\": []}");

        assertThatThrownBy(file::read).hasMessageContaining("is not a Tink keyset in JSON");
    }
}
