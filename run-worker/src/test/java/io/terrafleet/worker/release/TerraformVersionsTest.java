package io.terrafleet.worker.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.terrafleet.contracts.event.ToolBuild;
import io.terrafleet.testkit.FakePlatform;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerraformVersionsTest {
    @TempDir
    Path directory = Path.of("");

    private @org.jspecify.annotations.Nullable ReleaseSite made;

    @BeforeEach
    void make() throws Exception {
        made = new ReleaseSite(Files.createDirectory(directory.resolve("site")));
        site().publish("1.9.7");
        site().publish("1.9.8");
        site().publish("1.10.0");
    }

    private ReleaseSite site() {
        return java.util.Objects.requireNonNull(made);
    }

    private TerraformVersions versions(String index) throws IOException {
        ReleaseConfig config = new SmallRyeConfigBuilder()
                .withMapping(ReleaseConfig.class)
                .withSources(new PropertiesConfigSource(
                        Map.of(
                                "terrafleet.worker.release.index",
                                index,
                                "terrafleet.worker.release.key-file",
                                site().publicKey().toString()),
                        "test",
                        500))
                .build()
                .getConfigMapping(ReleaseConfig.class);
        return new TerraformVersions(config, directory.resolve("here"), "", "linux_amd64", InstantSource.system());
    }

    private TerraformVersions versions() throws IOException {
        return versions(site().root.toString());
    }

    private static TerraformVersions.Resolved resolve(TerraformVersions versions, String wanted)
            throws VersionUnavailable {
        return versions.resolve("terraform", wanted, progress -> {});
    }

    @Test
    void installsWhatAConstraintWantsSideBySide() throws Exception {
        TerraformVersions versions = versions();

        assertThat(resolve(versions, "~> 1.9.0").version()).hasToString("1.9.8");
        assertThat(resolve(versions, "latest").version()).hasToString("1.10.0");
        assertThat(resolve(versions, "1.9.7").binary())
                .isExecutable()
                .isEqualTo(directory.resolve("here/terraform/1.9.7/terraform").toAbsolutePath());
        assertThat(directory.resolve("here/terraform/1.9.8/terraform")).isExecutable();
    }

    @Test
    void installsFromAWebSite() throws Exception {
        Files.writeString(
                site().root.resolve("terraform/index.json"),
                "{\"name\":\"terraform\",\"versions\":{\"1.9.8\":{\"builds\":[{\"os\":\"linux\",\"arch\":\"amd64\"}]},"
                        + "\"1.10.0\":{\"builds\":[{\"os\":\"darwin\",\"arch\":\"arm64\"}]}}}");
        HttpServer server = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                site().root.toRealPath(),
                SimpleFileServer.OutputLevel.NONE);
        server.start();
        try {
            TerraformVersions versions =
                    versions("http://127.0.0.1:" + server.getAddress().getPort() + "/");
            assertThat(resolve(versions, "latest").version()).hasToString("1.9.8");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void refusesAWrongChecksum() throws Exception {
        Files.write(site().zipOf("1.9.8"), Files.readAllBytes(site().zipOf("1.9.7")));

        assertThatThrownBy(() -> resolve(versions(), "1.9.8"))
                .isInstanceOf(VersionUnavailable.class)
                .hasMessageContaining("signed is");
        assertThat(directory.resolve("here/terraform/1.9.8")).doesNotExist();
    }

    @Test
    void refusesAnotherKeysSignature() throws Exception {
        ReleaseSite other = new ReleaseSite(Files.createDirectory(directory.resolve("other")));
        Path sums = site().signatureOf("1.9.8").resolveSibling("terraform_1.9.8_SHA256SUMS");
        Files.write(site().signatureOf("1.9.8"), other.sign(Files.readAllBytes(sums)));

        assertThatThrownBy(() -> resolve(versions(), "1.9.8")).hasMessageContaining("are not signed by the key");
    }

    @Test
    void refusesChangedChecksums() throws Exception {
        Path sums = site().signatureOf("1.9.8").resolveSibling("terraform_1.9.8_SHA256SUMS");
        Files.writeString(sums, Files.readString(sums) + "\n");

        assertThatThrownBy(() -> resolve(versions(), "1.9.8")).hasMessageContaining("are not signed by the key");
    }

    @Test
    void takesTheNewestThatIsHereWhenTheIndexIsAway() throws Exception {
        resolve(versions(), "1.9.7");
        TerraformVersions away = versions("http://127.0.0.1:9/");

        assertThat(resolve(away, "latest").version()).hasToString("1.9.7");
        assertThat(resolve(away, "~> 1.9.0").version()).hasToString("1.9.7");
        assertThatThrownBy(() -> resolve(away, "~> 1.12.0"))
                .isInstanceOf(VersionUnavailable.class)
                .hasMessageContaining("no terraform satisfies \"~> 1.12.0\": here there are 1.9.7")
                .hasMessageContaining("cannot be read")
                .hasMessageContaining("terrafleet.worker.release.index");
    }

    @Test
    void saysWhichAddressCannotBeReached() throws Exception {
        TerraformVersions away = versions("http://127.0.0.1:9/");

        assertThatThrownBy(() -> resolve(away, "1.9.8"))
                .isInstanceOf(VersionUnavailable.class)
                .hasMessageContaining("http://127.0.0.1:9/terraform/1.9.8/")
                .hasMessageContaining("cannot be reached; put the binary at")
                .hasMessageNotContaining("null");
    }

    @Test
    void knowsHashiCorpsKey() throws IOException {
        assertThat(ReleaseKey.hashicorp().fingerprint()).isEqualTo(ReleaseKey.HASHICORP);
    }

    /** A build of the administrators' own at an address of this machine, and what is announced of it. */
    private VersionedBuild serve(String sha256, String platform) throws IOException {
        HttpServer server = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                site().root.toRealPath(),
                SimpleFileServer.OutputLevel.NONE);
        server.start();
        String[] parts = platform.split("_", 2);
        return new VersionedBuild(
                server,
                new ToolBuild(
                        parts[0],
                        parts[1],
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()
                                + "/terraform/1.9.8/terraform_1.9.8_linux_amd64.zip?signature=secret"),
                        sha256));
    }

    private record VersionedBuild(HttpServer server, ToolBuild build) implements AutoCloseable {
        @Override
        public void close() {
            server.stop(0);
        }

        Optional<List<ToolBuild>> builds() {
            return Optional.of(List.of(build));
        }
    }

    @Test
    void aBuildOfTheAdministratorsOwnIsTakenBesideAnythingElse() throws Exception {
        String sha256 = FakePlatform.sha256(Files.readAllBytes(site().zipOf("1.9.8")));
        TerraformVersions versions = versions();
        TerraformVersions.Resolved usual = resolve(versions, "1.9.8");
        try (VersionedBuild own = serve(sha256, "linux_amd64")) {
            TerraformVersions.Resolved built = versions.resolve("terraform", "1.9.8", own.builds(), progress -> {});
            assertThat(built.binary()).isExecutable().isNotEqualTo(usual.binary());
            own.server().stop(0);
            assertThat(versions.resolve("terraform", "1.9.8", own.builds(), progress -> {}))
                    .as("installed once")
                    .isEqualTo(built);
        }
    }

    @Test
    void aBuildWithAnotherChecksumIsNotUnpacked() throws Exception {
        String announced = "0".repeat(64);
        try (VersionedBuild own = serve(announced, "linux_amd64")) {
            assertThatThrownBy(() -> versions().resolve("terraform", "1.9.8", own.builds(), progress -> {}))
                    .isInstanceOf(VersionUnavailable.class)
                    .hasMessageContaining("has the SHA-256")
                    .hasMessageContaining(announced)
                    .hasMessageNotContaining("signature=secret");
        }
        assertThat(directory.resolve("here/builds").resolve(announced)).doesNotExist();
    }

    @Test
    void aBuildForAnotherMachineIsNone() throws Exception {
        try (VersionedBuild own = serve("0".repeat(64), "darwin_arm64")) {
            assertThatThrownBy(() -> versions().resolve("terraform", "1.9.8", own.builds(), progress -> {}))
                    .hasMessageContaining("there is no build for linux_amd64, only for darwin_arm64");
        }
    }

    @Test
    void aZipWithoutTheEngineSaysSo() throws Exception {
        String sha256 = FakePlatform.sha256(Files.readAllBytes(site().zipOf("1.9.8")));
        try (VersionedBuild own = serve(sha256, "linux_amd64")) {
            assertThatThrownBy(() -> versions().resolve("tofu", "1.9.8", own.builds(), progress -> {}))
                    .hasMessageContaining("holds no tofu");
        }
    }
}
