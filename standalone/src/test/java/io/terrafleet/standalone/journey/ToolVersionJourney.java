package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.terrafleet.standalone.client.Run;
import io.terrafleet.standalone.journey.CliPlatform.Running;
import io.terrafleet.testkit.TarGz;
import io.terrafleet.testkit.Terraform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A company's own build of terraform, and one of OpenTofu, from a server of the company. */
@ExtendWith(CliPlatform.class)
@Execution(ExecutionMode.CONCURRENT)
@SuppressWarnings("NullAway.Init")
class ToolVersionJourney {
    @TempDir
    Path directory;

    private HttpServer server;
    private final Map<String, byte[]> served = new HashMap<>();

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] zip = served.get(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(zip == null ? 404 : 200, zip == null ? -1 : zip.length);
            if (zip != null) {
                exchange.getResponseBody().write(zip);
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** A build that leaves a trace of having been run. @return where it leaves it */
    private Path build(String engine, String path) throws IOException {
        Path trace = directory.resolve(engine + ".trace");
        String script = "#!/bin/sh\necho run >> " + trace + "\nexec " + Terraform.orSkip() + " \"$@\"\n";
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            out.putNextEntry(new ZipEntry(engine));
            out.write(script.getBytes(StandardCharsets.UTF_8));
        }
        served.put(path, zip.toByteArray());
        return trace;
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private String sha256(String path) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(served.get(path)));
    }

    private static void list(Running platform, Map<String, Object> attributes) throws Exception {
        platform.calls()
                .send(
                        "POST",
                        "admin/terraform-versions",
                        Map.of("data", Map.of("type", "terraform-versions", "attributes", attributes)));
    }

    private static Run applied(Running platform, String name, Map<String, Object> settings) {
        String id = platform.api().createWorkspace("acme", name, settings);
        return new TestWorkspace(platform.api(), id)
                .configured(TarGz.of(Map.of("main.tf", "resource \"terraform_data\" \"a\" {}\n")))
                .startRun(Map.of("auto-apply", true))
                .untilFinished();
    }

    @Test
    void aBuildWithItsChecksumRunsAndOneWithAnotherEndsWithAReason(Running platform) throws Exception {
        Path trace = build("terraform", "/terraform.zip");
        list(
                platform,
                Map.of(
                        "version",
                        "1.11.4-house1",
                        "official",
                        false,
                        "url",
                        url("/terraform.zip"),
                        "sha",
                        sha256("/terraform.zip")));
        Run run = applied(platform, "own-build", Map.of("terraform-version", "1.11.4-house1"));
        assertThat(run.status()).as(run.reasons().toString()).isEqualTo("applied");
        assertThat(Files.readString(trace)).contains("run");
        assertThat(platform.api()
                        .attributes("runs/" + run.id())
                        .path("terraform-version")
                        .asText())
                .isEqualTo("1.11.4-house1");

        list(platform, Map.of("version", "1.11.4-house2", "url", url("/terraform.zip"), "sha", "0".repeat(64)));
        Run refused = applied(platform, "wrong-build", Map.of("terraform-version", "1.11.4-house2"));
        String found = sha256("/terraform.zip");
        assertThat(refused.status()).isEqualTo("errored");
        assertThat(refused.reasons())
                .anyMatch(reason -> reason.contains("has the SHA-256 " + found)
                        && reason.contains("the administrators have named " + "0".repeat(64)));
    }

    @Test
    void aBuildOfOpenTofuRuns(Running platform) throws Exception {
        Path trace = build("tofu", "/tofu.zip");
        list(
                platform,
                Map.of("engine", "tofu", "version", "1.9.0", "url", url("/tofu.zip"), "sha", sha256("/tofu.zip")));
        Run run = applied(platform, "with-tofu", Map.of("engine", "tofu", "terraform-version", "~> 1.9.0"));
        assertThat(run.status()).as(run.reasons().toString()).isEqualTo("applied");
        assertThat(Files.readString(trace)).contains("run");
    }
}
