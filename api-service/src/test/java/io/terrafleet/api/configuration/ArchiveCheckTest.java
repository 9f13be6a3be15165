package io.terrafleet.api.configuration;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrafleet.testkit.TarGz;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveCheckTest {
    private static final ArchiveLimits LIMITS = new ArchiveLimits(1_000_000, 20, 200);

    @Test
    void anHonestTreePasses() {
        byte[] archive = new TarGz()
                .file("main.tf", "")
                .file("./modules/net/main.tf", "# net")
                .symbolicLink("modules/current", "net")
                .symbolicLink("modules/net/shared.tf", "../../main.tf")
                .bytes();

        assertThatCode(() -> check(archive)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil.tf",
                "a/../../evil.tf",
                "/etc/passwd",
                "a/..",
                "..",
                "..\\evil.tf",
                "C:/evil.tf",
                "\\evil"
            })
    void aPathThatLeavesTheTreeIsRefused(String name) {
        assertRefused(entry(name, TarConstants.LF_NORMAL, ""), "is refused");
    }

    @ParameterizedTest
    @CsvSource({
        "link, /etc/passwd",
        "link, ../outside",
        "a/link, ../../outside",
        "a/link, ./../../outside",
        "a/link, b/../../../outside",
        "a/b/link, b/../x"
    })
    void aLinkThatLeavesTheTreeIsRefused(String name, String target) {
        assertRefused(new TarGz().symbolicLink(name, target).bytes(), "is a link");
    }

    @Test
    void nothingLiesBelowALinkWhateverTheOrder() {
        assertRefused(new TarGz().symbolicLink("a", "b").file("a/x.tf", "").bytes(), "lies below \"a\"");
        assertRefused(new TarGz().file("a/x.tf", "").symbolicLink("./a", "b").bytes(), "lies below \"a\"");
        assertRefused(
                new TarGz().symbolicLink("a", "b").symbolicLink("a/c", "d").bytes(), "lies below \"a\"");
    }

    @Test
    void aHardLinkIsRefused() {
        assertRefused(new TarGz().file("a", "").hardLink("b", "a").bytes(), "is a hard link");
    }

    @ParameterizedTest
    @ValueSource(bytes = {TarConstants.LF_CHR, TarConstants.LF_BLK, TarConstants.LF_FIFO})
    void aDeviceIsRefused(byte kind) {
        assertRefused(entry("device", kind, ""), "special file");
    }

    @Test
    void tooManyEntriesAreRefused() {
        TarGz archive = new TarGz();
        for (int i = 0; i < 21; i++) {
            archive.file("f" + i, "");
        }
        assertRefused(archive.bytes(), "more than 20 entries");
    }

    @Test
    void anOverlongPathIsRefused() {
        assertRefused(new TarGz().file("x".repeat(201), "").bytes(), "more than 200 characters");
    }

    @Test
    void aBombIsRefused() {
        assertRefused(new TarGz().file("zeros", "0".repeat(1_000_001)).bytes(), "unpacks to more than 1000000 bytes");
    }

    @Test
    void aBombBehindTheEndOfTheArchiveIsRefused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(tar("main.tf", TarConstants.LF_NORMAL, ""));
            gzip.write(new byte[1_000_000]);
        }
        assertRefused(bytes.toByteArray(), "unpacks to more than");
    }

    @Test
    void aBombInAHeaderIsRefused() {
        assertRefused(
                entry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME, "x".repeat(200_000)), "headers of an entry");
        assertRefused(
                entry("pax", TarConstants.LF_PAX_EXTENDED_HEADER_LC, "200000 path=" + "x".repeat(199_987) + "\n"),
                "headers of an entry");
    }

    @Test
    void somethingElseIsNoArchive() throws IOException {
        byte[] whole = TarGz.of(Map.of("main.tf", "x".repeat(100)));
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write("just text, and some more of it".repeat(50).getBytes(StandardCharsets.UTF_8));
        }
        for (byte[] bytes : new byte[][] {
            {}, "PK\3\4".getBytes(StandardCharsets.UTF_8), Arrays.copyOf(whole, whole.length - 10), zipped.toByteArray()
        }) {
            assertRefused(bytes, "not a readable tar.gz file");
        }
        assertRefused(new TarGz().bytes(), "is empty");
    }

    private static void assertRefused(byte[] archive, String sentence) {
        assertThatThrownBy(() -> check(archive))
                .isInstanceOf(ArchiveRefused.class)
                .hasMessageContaining(sentence);
    }

    private static void check(byte[] archive) throws ArchiveRefused {
        ArchiveCheck.check(new ByteArrayInputStream(archive), LIMITS);
    }

    private static byte[] entry(String name, byte kind, String content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(tar(name, kind, content));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] tar(String name, byte kind, String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name())) {
            TarArchiveEntry entry = new TarArchiveEntry(name, kind, true);
            byte[] text = content.getBytes(StandardCharsets.UTF_8);
            entry.setSize(text.length);
            tar.putArchiveEntry(entry);
            tar.write(text);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }
}
