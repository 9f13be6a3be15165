package io.terrafleet.standalone.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrafleet.standalone.platform.DataDirectory;
import io.terrafleet.standalone.platform.PlatformUnusable;
import io.terrafleet.testkit.TarGz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
    @TempDir
    Path directory;

    private Path data;
    private Path file;

    @BeforeEach
    void someData() throws IOException {
        data = Files.createDirectories(directory.resolve("data"));
        file = directory.resolve("backup.tar.gz");
        write("postgres/cluster/base/1", "rows");
        write("keyset.json", "key");
        write("worker/jobs/run-1/spec.json", "{}");
        write("worker/terraform/1.11.4/terraform", "can be had again");
        write("log/platform.log", "a line");
        Files.setPosixFilePermissions(data.resolve("keyset.json"), PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(data.resolve("postgres/cluster"), PosixFilePermissions.fromString("rwx------"));
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(data.resolve(name).getParent());
        Files.writeString(data.resolve(name), text);
    }

    private Backup.Contents backUp() {
        try (DataDirectory held = DataDirectory.open(data)) {
            return Backup.write(held, file);
        }
    }

    @Test
    void whatWasThereIsThereAgainWithItsPermissions() throws IOException {
        Backup.Contents written = backUp();
        Path target = directory.resolve("again");
        Backup.Contents read = Restore.read(file, target);

        assertThat(read).isEqualTo(written);
        assertThat(read.files()).isEqualTo(3);
        assertThat(target.resolve("postgres/cluster/base/1")).hasContent("rows");
        assertThat(target.resolve("worker/jobs/run-1/spec.json")).hasContent("{}");
        assertThat(target.resolve("worker/terraform")).doesNotExist();
        assertThat(target.resolve("log")).doesNotExist();
        assertThat(permissions(target.resolve("keyset.json"))).isEqualTo("rw-------");
        assertThat(permissions(target.resolve("postgres/cluster"))).isEqualTo("rwx------");
        assertThat(permissions(file)).as("keys are in it").isEqualTo("rw-------");
        assertThat(directory.resolve("backup.tar.gz.draft")).doesNotExist();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        backUp();
        assertThatThrownBy(this::backUp).isInstanceOf(PlatformUnusable.class).hasMessageContaining("exists already");
        assertThatThrownBy(() -> Restore.read(file, data))
                .isInstanceOf(PlatformUnusable.class)
                .hasMessageContaining("is not empty");
        assertThat(data.resolve("keyset.json")).hasContent("key");
    }

    @Test
    void halfOfABackupIsNone() throws IOException {
        backUp();
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 5, whole.length / 2, whole.length - 1}) {
            Path half = Files.write(directory.resolve("half.tar.gz"), Arrays.copyOf(whole, length));
            refused(half, "cannot be restored");
        }
    }

    @Test
    void whatIsNoBackupIsRefused() throws IOException {
        Path other = Files.write(
                directory.resolve("other.tar.gz"), TarGz.of(Map.of("main.tf", "output \"x\" { value = 1 }")));
        refused(other, "its end is missing");
        Path outside = Files.write(directory.resolve("outside.tar.gz"), TarGz.of(Map.of("../evil", "x")));
        refused(outside, "would lie outside");
        assertThat(directory.resolve("evil")).doesNotExist();
        Path text = Files.writeString(directory.resolve("text"), "no archive at all");
        refused(text, "cannot be restored");
    }

    private void refused(Path what, String why) {
        Path target = directory.resolve("refused");
        assertThatThrownBy(() -> Restore.read(what, target))
                .as(what.toString())
                .isInstanceOf(PlatformUnusable.class)
                .hasMessageContaining(why);
        assertThat(target).doesNotExist();
        assertThat(directory.resolve("refused.restoring")).doesNotExist();
    }
}
