package io.terrafleet.runner.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrafleet.testkit.TarGz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackingTest {
    private static final Unpacking.Limits SMALL = new Unpacking.Limits(5, 1000, 4);

    @TempDir
    Path directory = Path.of("");

    private Path into = Path.of("");

    @BeforeEach
    void make() throws IOException {
        into = Files.createDirectory(directory.resolve("into"));
    }

    private void unpack(TarGz archive) throws IOException {
        unpack(archive.bytes());
    }

    private void unpack(byte[] archive) throws IOException {
        Unpacking.unpack(Files.write(directory.resolve("archive"), archive), into, SMALL);
    }

    private void refused(TarGz archive, String why) {
        assertThatThrownBy(() -> unpack(archive))
                .isInstanceOf(ArchiveRefused.class)
                .hasMessageContaining(why);
    }

    @Test
    void unpacksFilesAndLinksThatStayInside() throws IOException {
        unpack(new TarGz()
                .file("./a/b.txt", "b")
                .symbolicLink("a/up", "../c.txt")
                .file("c.txt", "c"));

        assertThat(into.resolve("a/b.txt")).hasContent("b");
        assertThat(into.resolve("a/up")).isSymbolicLink().hasContent("c");
    }

    @Test
    void refusesPathsThatLeave() {
        refused(new TarGz().file("a/../../x", ""), "leaves the configuration");
        refused(new TarGz().file("/etc/x", ""), "is an absolute path");
        assertThat(directory.resolve("x")).doesNotExist();
    }

    @Test
    void refusesLinksThatLeave() {
        refused(new TarGz().symbolicLink("l", "/etc/passwd"), "absolute path");
        refused(new TarGz().symbolicLink("l", "../outside"), "outside the configuration");
        refused(new TarGz().symbolicLink("l", "a/../../outside"), "follows a name");
        refused(new TarGz().file("f", "x").hardLink("h", "f"), "hard link");
    }

    /** Lexically inside, in truth one above: a link to the root in a deep place, and then {@code ..} behind it. */
    @Test
    void refusesLinksThatClimbThroughLinks() {
        refused(new TarGz().symbolicLink("a/b/x", "../..").symbolicLink("y", "a/b/x/.."), "follows a name");
    }

    @Test
    void writesNothingThroughALink() {
        refused(new TarGz().symbolicLink("l", "somewhere").file("l/file", "x"), "\"l\" is there twice");
        refused(new TarGz().symbolicLink("l", ".").symbolicLink("l/m", "n"), "is there twice");
    }

    @Test
    void refusesTooMuch() {
        refused(new TarGz().file("big", "x".repeat(1001)), "larger than 1000 bytes");
        refused(new TarGz().file("a/b/c/d/e", ""), "deeper than 4");
        TarGz many = new TarGz();
        for (int i = 0; i < 6; i++) {
            many.file("f" + i, "");
        }
        refused(many, "more than 5 entries");
    }

    @Test
    void refusesWhatIsNoArchive() {
        byte[] whole = new TarGz().file("a", "text").bytes();
        assertThatThrownBy(() -> unpack("not an archive".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isInstanceOf(ArchiveRefused.class);
        assertThatThrownBy(() -> unpack(Arrays.copyOf(whole, whole.length / 2))).isInstanceOf(ArchiveRefused.class);
    }
}
