package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.standalone.demo.ProviderMirror;
import io.terrafleet.testkit.FakeRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The platform as the network mirror of providers, for the command and for its runs; over HTTPS, as terraform demands. */
@SuppressWarnings("NullAway.Init")
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(TestPlatform.OWN)
class MirrorJourney {
    private static final String PLATFORM = (System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux")
            + (System.getProperty("os.arch").equals("aarch64") ? "_arm64" : "_amd64");

    @TempDir
    static Path root;

    private static FakeRegistry registry;
    private static TestPlatform platform;

    @BeforeAll
    static void start() throws IOException {
        registry = new FakeRegistry();
        platform = TestPlatform.start(
                root,
                Map.of(
                        "SSL_CERT_FILE",
                        root.resolve("data/tls/ca.pem").toString(),
                        "TERRAFLEET_MIRROR_ENABLED",
                        "true",
                        "TERRAFLEET_MIRROR_REGISTRIES",
                        "registry.terraform.io=" + registry.uri(),
                        "TERRAFLEET_WORKER_PROCESS_PROVIDER_NETWORK_MIRROR",
                        "${terrafleet.public-url}/api/registry/mirror/"),
                "--tls");
    }

    @AfterAll
    static void stop() {
        if (platform != null) {
            platform.close();
        }
        registry.close();
    }

    /** The registry of this machine has the AWS provider where that is here, and a file that only looks like one everywhere. */
    @Test
    void providersComeFromTheMirrorAndGoOnDoingSoWhileTheirRegistryIsAway() throws Exception {
        String name = "hashicorp/fake";
        registry.offers(name, "1.0.0", PLATFORM, zip(root.resolve("fake.zip"), "1.0.0"));
        Cli cli = mirrored("first").write("main.tf", requiring(name, "1.0.0"));

        assertThat(cli.does("init", "-no-color")).contains("Installed hashicorp/fake v1.0.0");
        assertThat(cli.directory().resolve(".terraform.lock.hcl")).content().contains("h1:");
        registry.away(true);
        try {
            Cli again = mirrored("second").write("main.tf", requiring(name, "1.0.0"));
            assertThat(again.does("init", "-no-color")).contains("Installed hashicorp/fake v1.0.0");
            assertThat(mirrored("third")
                            .write("main.tf", requiring("hashicorp/unknown", "1.0.0"))
                            .fails("init", "-no-color"))
                    .contains("502");
        } finally {
            registry.away(false);
        }
        assertThat(registry.requests())
                .filteredOn(path -> path.endsWith(".zip") && path.contains("fake"))
                .hasSize(1);
    }

    /** Once for the command on this machine and once for the run, and downloaded once. */
    @Test
    void aRunTakesTheRealAwsProviderFromTheMirror() throws Exception {
        Assumptions.assumeTrue(
                System.getenv("TERRAFLEET_LARGE_PROVIDERS") != null,
                "skipped: 700 MB go to and fro several times; TERRAFLEET_LARGE_PROVIDERS asks for it");
        Optional<Path> here = ProviderMirror.withAws(System.getenv());
        Assumptions.assumeTrue(here.isPresent(), "skipped: provider absent; no mirror of hashicorp/aws found");
        Path build = here.orElseThrow().resolve("registry.terraform.io/hashicorp/aws/5.100.0/" + PLATFORM);
        Assumptions.assumeTrue(Files.isDirectory(build), "skipped: provider absent; " + build);
        registry.offers("hashicorp/aws", "5.100.0", PLATFORM, stored(build, root.resolve("aws.zip")));
        String host = "localhost:" + platform.port();
        try (Browser browser = new Browser(root.resolve("data/tls/ca.pem"))) {
            browser.post(
                    URI.create("https://" + host + "/api/v2/organizations"),
                    TestPlatform.TOKEN,
                    Map.of(
                            "data",
                            Map.of(
                                    "type",
                                    "organizations",
                                    "attributes",
                                    Map.of("name", "mirrored", "email", "a@example.com"))));
            Cli cli = mirrored("aws")
                    .write("provider.tf", CliSample.awsProvider())
                    .write(
                            "main.tf",
                            CliSample.cloud("name = \"mirrored\"")
                                            .replace(CliPlatform.HOST, host)
                                            .replace("\"acme\"", "\"mirrored\"")
                                    + "resource \"aws_sqs_queue\" \"jobs\" {\n  name = \"jobs\"\n}\n");

            assertThat(cli.does("init", "-no-color")).contains("Installed hashicorp/aws v5.100.0");
            assertThat(cli.does("plan", "-no-color")).contains("aws_sqs_queue.jobs will be created");

            assertThat(browser.open(URI.create("https://" + host + "/q/metrics"))
                            .body())
                    .as("what dashboards and alerts ask for")
                    .contains(
                            "http_server_requests_seconds_count",
                            "jvm_memory_used_bytes",
                            "terrafleet_run_unfinished",
                            "terrafleet_outbox_waiting",
                            "terrafleet_delivery_given_up_total",
                            "terrafleet_worker_jobs_launched_total",
                            "terrafleet_mirror_bytes")
                    .containsPattern("terrafleet_mirror_requests_total\\{[^}]*outcome=\"cached\"[^}]*\\} [1-9]");
        }
        assertThat(registry.requests())
                .filteredOn(path -> path.endsWith(".zip") && path.contains("aws"))
                .hasSize(1);
    }

    /** Not packed: that would take longer than all the rest. */
    private static Path stored(Path build, Path archive) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive));
                Stream<Path> files = Files.list(build)) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            for (Path file : files.sorted().toList()) {
                zip.putNextEntry(new ZipEntry(file.getFileName().toString()));
                Files.copy(file, zip);
            }
        }
        return archive;
    }

    private static Cli mirrored(String directory) throws IOException {
        Path rc = root.resolve("mirror.rc");
        Files.writeString(
                rc,
                "provider_installation {\n  network_mirror {\n    url = \"https://localhost:" + platform.port()
                        + "/api/registry/mirror/\"\n  }\n}\ncredentials \"localhost:" + platform.port()
                        + "\" {\n  token = \"" + TestPlatform.TOKEN + "\"\n}\n");
        return new Cli(
                Files.createDirectory(root.resolve(directory)),
                Map.of(
                        "HOME", root.toString(),
                        "TF_CLI_CONFIG_FILE", rc.toString(),
                        "SSL_CERT_FILE", root.resolve("data/tls/ca.pem").toString()));
    }

    private static String requiring(String source, String version) {
        return """
                terraform {
                  required_providers {
                    one = {
                      source  = "%s"
                      version = "%s"
                    }
                  }
                }
                """
                .formatted(source, version);
    }

    private static Path zip(Path file, String version) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("terraform-provider-fake_v" + version));
            zip.write("#!/bin/sh\nexit 1\n".getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }
}
