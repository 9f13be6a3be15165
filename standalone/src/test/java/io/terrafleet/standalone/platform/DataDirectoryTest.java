package io.terrafleet.standalone.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path temp;

    @Test
    void oneProcessHoldsItAndASecondIsToldWhich() {
        Path path = temp.resolve("data");
        try (DataDirectory held = DataDirectory.open(path)) {
            assertThat(held.path()).isEqualTo(path);
            assertThatThrownBy(() -> DataDirectory.open(path))
                    .isInstanceOf(PlatformUnusable.class)
                    .hasMessageContaining("already runs on " + path)
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
        DataDirectory.open(path).close();
    }

    @Test
    void lockOfAKilledProcessIsNoLock() throws IOException {
        Files.writeString(temp.resolve("lock"), "4194304999");
        DataDirectory.open(temp).close();
    }

    @Test
    void internalKeyIsMadeOnceAndForTheOwnerOnly() throws IOException {
        String made;
        try (DataDirectory first = DataDirectory.open(temp)) {
            made = first.internalKey();
        }
        try (DataDirectory second = DataDirectory.open(temp)) {
            assertThat(second.internalKey()).isEqualTo(made).hasSizeGreaterThanOrEqualTo(43);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve("internal.key"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temp)))
                .isEqualTo("rwx------");
    }

    @Test
    void unusableDirectoryIsSaid() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));
        assertThatThrownBy(() -> DataDirectory.open(file))
                .isInstanceOf(PlatformUnusable.class)
                .hasMessageContaining("data directory " + file + " cannot be used");
    }
}
