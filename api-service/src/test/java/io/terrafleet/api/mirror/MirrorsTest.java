package io.terrafleet.api.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.terrafleet.api.outbound.OutboundConfig;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.FakeRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class MirrorsTest {
    private static final String HOST = "registry.terraform.io";
    private static final String LINUX = "linux_amd64";

    @TempDir
    Path directory;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final List<Mirrors> opened = new ArrayList<>();
    private FakeRegistry registry;
    private Path first;

    @BeforeEach
    void aRegistry() throws IOException {
        first = archive("1.0.0", "one");
        registry = new FakeRegistry()
                .offers("acme/fake", "1.0.0", LINUX, first)
                .offers("acme/fake", "1.0.0", "darwin_arm64", archive("1.0.0-darwin", "two"))
                .offers("acme/fake", "1.1.0", LINUX, archive("1.1.0", "three"));
    }

    @AfterEach
    void close() {
        opened.forEach(Mirrors::close);
        registry.close();
    }

    private Path archive(String name, String content) throws IOException {
        Path file = directory.resolve(name + ".zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("terraform-provider-fake_v" + name));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
            zip.putNextEntry(new ZipEntry("LICENSE.txt"));
            zip.write("free".getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private Mirrors mirrors(Map<String, String> more) {
        Map<String, String> keys = new HashMap<>(Map.of(
                "terrafleet.mirror.enabled",
                "true",
                "terrafleet.mirror.directory",
                directory.resolve("mirror").toString(),
                "terrafleet.mirror.registries",
                HOST + "=" + registry.uri(),
                "terrafleet.outbound.answer-within",
                "PT20S"));
        keys.putAll(more);
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(MirrorConfig.class)
                .withMapping(OutboundConfig.class)
                .withSources(new PropertiesConfigSource(keys, "test", 500))
                .build();
        InstantSource clock = now::get;
        Mirrors mirrors = new Mirrors(
                config.getConfigMapping(MirrorConfig.class),
                config.getConfigMapping(OutboundConfig.class),
                clock,
                meters);
        opened.add(mirrors);
        return mirrors;
    }

    private static Mirrors.Archive linux(Mirrors mirrors, String version) {
        return mirrors.archive(HOST, "acme", "fake", version, LINUX);
    }

    private long downloads() {
        return registry.requests().stream()
                .filter(path -> path.endsWith(".zip"))
                .count();
    }

    private static void isProblem(int status, org.assertj.core.api.ThrowableAssert.ThrowingCallable asked) {
        assertThatThrownBy(asked).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.status())
                .isEqualTo(status));
    }

    @Test
    void versionsAndArchivesAreToldWithTheirHashes() {
        Mirrors mirrors = mirrors(Map.of());

        assertThat(mirrors.versions(HOST, "acme", "fake")).containsOnlyKeys("1.0.0", "1.1.0");
        assertThat(mirrors.archives(HOST, "acme", "fake", "1.0.0"))
                .containsOnlyKeys(LINUX, "darwin_arm64")
                .containsEntry(
                        LINUX,
                        Map.of("url", "1.0.0/linux_amd64.zip", "hashes", List.of("zh:" + FakeRegistry.sha256(first))));
    }

    /** The figure was computed by hand: sha256sum of the two files, sorted by name, then of those lines, in base64. */
    @Test
    void theContentsHashIsKnownOnceItIsHere() throws Exception {
        Mirrors mirrors = mirrors(Map.of());

        Mirrors.Archive served = linux(mirrors, "1.0.0");

        assertThat(served.file()).hasSameBinaryContentAs(first);
        assertThat(served.sha256()).isEqualTo(FakeRegistry.sha256(first));
        assertThat(String.valueOf(
                        mirrors.archives(HOST, "acme", "fake", "1.0.0").get(LINUX)))
                .contains("h1:" + PackageHash.ofContent(first))
                .contains("zh:" + FakeRegistry.sha256(first));
        assertThat(PackageHash.ofContent(first)).isEqualTo("Sz8FoFhFhyIYZRfBVJQ8ebKEiPhjvgjdfgREvs/vxLU=");
    }

    @Test
    void whoAsksAtTheSameTimeWaitsForOneDownload() throws Exception {
        Mirrors mirrors = mirrors(Map.of());
        registry.holdArchives(true);
        try (ExecutorService pods = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Mirrors.Archive>> asked = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                asked.add(pods.submit(() -> linux(mirrors, "1.0.0")));
            }
            Await.until("the download to begin", Duration.ofSeconds(60), () -> downloads() == 1);

            registry.holdArchives(false);

            for (Future<Mirrors.Archive> archive : asked) {
                assertThat(archive.get().file()).hasSameBinaryContentAs(first);
            }
        }
        assertThat(downloads()).isEqualTo(1);
        assertThat(meters.counter("terrafleet.mirror.requests", "outcome", "fetched")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void whatIsHereIsServedWhileTheRegistryIsAway() {
        Mirrors mirrors = mirrors(Map.of());
        mirrors.versions(HOST, "acme", "fake");
        linux(mirrors, "1.0.0");
        registry.away(true);
        now.updateAndGet(time -> time.plus(Duration.ofDays(30)));

        Mirrors restarted = mirrors(Map.of());

        assertThat(restarted.versions(HOST, "acme", "fake")).containsOnlyKeys("1.0.0", "1.1.0");
        assertThat(restarted.archives(HOST, "acme", "fake", "1.0.0")).containsKey(LINUX);
        assertThat(linux(restarted, "1.0.0").file()).hasSameBinaryContentAs(first);
        isProblem(502, () -> linux(restarted, "1.1.0"));
        isProblem(502, () -> restarted.versions(HOST, "acme", "other"));
    }

    @Test
    void aRegistryIsAskedAgainWhenItsListIsOld() throws IOException {
        Mirrors mirrors = mirrors(Map.of());
        mirrors.versions(HOST, "acme", "fake");
        registry.offers("acme/fake", "2.0.0", LINUX, archive("2.0.0", "four"));

        assertThat(mirrors.versions(HOST, "acme", "fake")).doesNotContainKey("2.0.0");
        now.updateAndGet(time -> time.plus(Duration.ofMinutes(11)));
        assertThat(mirrors.versions(HOST, "acme", "fake")).containsKey("2.0.0");
    }

    @Test
    void whatIsNotWhatItsPublisherSaysIsNotServedAndNotKept() throws IOException {
        registry.sendsInstead(archive("evil", "evil"));
        Mirrors mirrors = mirrors(Map.of());

        assertThatThrownBy(() -> linux(mirrors, "1.0.0"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("has the SHA-256 " + FakeRegistry.sha256(directory.resolve("evil.zip")))
                .hasMessageContaining("its publisher says " + FakeRegistry.sha256(first));
        registry.sendsInstead(first);
        assertThat(linux(mirrors, "1.0.0").file()).hasSameBinaryContentAs(first);
    }

    @Test
    void theDiskIsBounded() throws IOException {
        long one = Files.size(first);
        Mirrors mirrors = mirrors(Map.of("terrafleet.mirror.most-bytes", String.valueOf(one + one / 2)));
        Path old = linux(mirrors, "1.0.0").file();
        now.updateAndGet(time -> time.plus(Duration.ofMinutes(2)));

        Path young = linux(mirrors, "1.1.0").file();

        assertThat(young).exists();
        assertThat(old).doesNotExist();
        assertThat(linux(mirrors, "1.0.0").file()).hasSameBinaryContentAs(first);
    }

    @Test
    void anArchiveThatIsTooLargeIsRefused() {
        Mirrors mirrors = mirrors(Map.of("terrafleet.mirror.most-archive-bytes", "20"));

        isProblem(502, () -> linux(mirrors, "1.0.0"));
    }

    @Test
    void onlyWhatIsMirroredIsThere() {
        Mirrors mirrors = mirrors(Map.of("terrafleet.mirror.providers", HOST + "/acme/*"));

        assertThat(mirrors.versions(HOST, "acme", "fake")).isNotEmpty();
        isProblem(404, () -> mirrors.versions(HOST, "other", "fake"));
        isProblem(404, () -> mirrors.versions("elsewhere.example.com", "acme", "fake"));
        isProblem(404, () -> mirrors.versions(HOST, "acme", "unknown"));
        isProblem(404, () -> mirrors.versions(HOST, "acme", "../../etc"));
        isProblem(404, () -> mirrors.archives(HOST, "acme", "fake", "9.9.9"));
        isProblem(404, () -> mirrors.archive(HOST, "acme", "fake", "1.1.0", "darwin_arm64"));
        isProblem(
                404, () -> mirrors(Map.of("terrafleet.mirror.enabled", "false")).versions(HOST, "acme", "fake"));
        assertThat(registry.requests()).noneMatch(path -> path.contains("etc") || path.contains("other"));
    }

    @Test
    void aRegistryThatPointsIntoAPrivateNetworkIsNotFollowed() throws IOException {
        try (FakeRegistry inside = new FakeRegistry()) {
            inside.offers("acme/fake", "1.0.0", LINUX, first);
            Mirrors mirrors = mirrors(Map.of(
                    "terrafleet.mirror.registries",
                    HOST + "=http://localhost:" + registry.uri().getPort()));
            registry.pointsTo(inside.uri());

            assertThatThrownBy(() -> linux(mirrors, "1.0.0"))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("points into a private network, to 127.0.0.1");
            assertThat(inside.requests()).isEmpty();
        }
    }

    @Test
    void aSettingThatCannotBeMeantIsRefused() {
        assertThatThrownBy(() -> mirrors(Map.of("terrafleet.mirror.registries", HOST + "=ftp://example.com")))
                .hasMessageContaining("terrafleet.mirror.registries")
                .hasMessageContaining("ftp://example.com");
        assertThatThrownBy(() -> mirrors(Map.of("terrafleet.mirror.providers", "acme/fake")))
                .hasMessageContaining("terrafleet.mirror.providers")
                .hasMessageContaining("HOST/NAMESPACE/TYPE");
    }
}
