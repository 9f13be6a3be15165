package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * {@code up} with somebody's certificate, behind a proxy at 127.0.0.1 that is trusted, and with a limit of requests. Who comes from 127.0.0.2
 * is not the proxy.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(TestPlatform.OWN)
class ReachJourney {
    private static final String PUBLIC = "https://terrafleet.example.com";
    private static final int LIMIT = 50;

    @TempDir
    static Path root;

    private static ServerCertificate certificate;
    private static TestPlatform platform;
    private static HttpClient proxy;
    private static HttpClient stranger;

    @BeforeAll
    static void start() throws Exception {
        certificate = ServerCertificate.in(root);
        platform = TestPlatform.start(
                root,
                Map.of("TERRAFLEET_ACCESS_REQUESTS_PER_SECOND", Integer.toString(LIMIT)),
                "--tls-certificate",
                certificate.certificate().toString(),
                "--tls-key",
                certificate.key().toString(),
                "--url",
                PUBLIC,
                "--trusted-proxy",
                "127.0.0.1");
        proxy = client("127.0.0.1");
        stranger = client("127.0.0.2");
        send(proxy, "POST", "organizations", TestPlatform.TOKEN, organization("acme"));
    }

    @AfterAll
    static void stop() {
        if (platform != null) {
            platform.close();
            proxy.close();
            stranger.close();
        }
    }

    private static HttpClient client(String from) throws Exception {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .localAddress(InetAddress.getByName(from))
                .sslContext(certificate.trust())
                .build();
    }

    private static String organization(String name) {
        return "{\"data\":{\"type\":\"organizations\",\"attributes\":{\"name\":\"" + name
                + "\",\"email\":\"a@example.com\"}}}";
    }

    private static HttpResponse<String> send(HttpClient client, String method, String path, String token, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("https://localhost:" + platform.port()).resolve("/api/v2/" + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/vnd.api+json")
                .header("X-Forwarded-For", "203.0.113.9")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "elsewhere.example.com")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private static JsonNode get(HttpClient client, String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(client, "GET", path, TestPlatform.TOKEN, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.mapper().readTree(answer.body());
    }

    @Test
    void theGivenCertificateIsShown() throws Exception {
        HttpResponse<String> ping = send(proxy, "GET", "ping", TestPlatform.TOKEN, "");
        assertThat(ping.sslSession().orElseThrow().getPeerCertificates()).containsExactly(certificate.trusted());
        String host = "localhost:" + platform.port();
        Path home = Files.createDirectory(root.resolve("home"));
        Files.writeString(
                home.resolve(".terraformrc"),
                "credentials \"%s\" { token = \"%s\" }\n".formatted(host, TestPlatform.TOKEN));
        Cli cli = new Cli(
                        Files.createDirectory(root.resolve("work")),
                        Map.of(
                                "HOME",
                                home.toString(),
                                "SSL_CERT_FILE",
                                certificate.certificate().toString()),
                        host)
                .write("main.tf", CliSample.named("given"));
        assertThat(cli.does("init", "-no-color")).contains("successfully initialized!");
        assertThat(cli.with("SSL_CERT_FILE", "/dev/null")
                        .with("SSL_CERT_DIR", home.toString())
                        .fails("workspace", "list"))
                .contains("certificate signed by unknown authority");
    }

    @Test
    void linksNameThePublicAddressWhateverAHeaderSays() throws Exception {
        for (HttpClient client : List.of(proxy, stranger)) {
            JsonNode links = get(client, "organizations?page%5Bsize%5D=1&q=ac").path("links");
            assertThat(links.path("first").asText())
                    .isEqualTo(PUBLIC + "/api/v2/organizations?page%5Bsize%5D=1&q=ac&page%5Bnumber%5D=1");
        }
        HttpResponse<String> made = send(
                proxy,
                "POST",
                "organizations/acme/workspaces",
                TestPlatform.TOKEN,
                "{\"data\":{\"type\":\"workspaces\",\"attributes\":{\"name\":\"links\"}}}");
        String workspace =
                Json.mapper().readTree(made.body()).path("data").path("id").asText();
        HttpResponse<String> configuration = send(
                stranger,
                "POST",
                "workspaces/" + workspace + "/configuration-versions",
                TestPlatform.TOKEN,
                "{\"data\":{\"type\":\"configuration-versions\",\"attributes\":{}}}");
        assertThat(Json.mapper()
                        .readTree(configuration.body())
                        .path("data")
                        .path("attributes")
                        .path("upload-url")
                        .asText())
                .startsWith(PUBLIC + "/");
    }

    @Test
    void onlyTheTrustedProxySaysWhereSomebodyComesFrom() throws Exception {
        send(proxy, "POST", "organizations", TestPlatform.TOKEN, organization("by-proxy"));
        send(stranger, "POST", "organizations", TestPlatform.TOKEN, organization("by-stranger"));
        assertThat(addresses("by-proxy")).containsOnly("203.0.113.9");
        assertThat(addresses("by-stranger")).containsOnly("127.0.0.2");
    }

    private static List<String> addresses(String organization) throws Exception {
        List<String> addresses = new ArrayList<>();
        get(proxy, "organization/audit-trail?organization=" + organization)
                .path("data")
                .forEach(entry ->
                        addresses.add(entry.path("request").path("address").asText()));
        return addresses;
    }

    @Test
    void whoAsksTooOftenIsToldToWait() throws Exception {
        String token = Json.mapper()
                .readTree(send(proxy, "POST", "organizations/acme/authentication-token", TestPlatform.TOKEN, "{}")
                        .body())
                .path("data")
                .path("attributes")
                .path("token")
                .asText();
        HttpResponse<String> answer = send(proxy, "GET", "ping", token, "");
        assertThat(answer.headers().firstValue("X-RateLimit-Limit"))
                .as("clients read their pace from this answer")
                .hasValue(Integer.toString(LIMIT));
        answer = firstRefused(token);
        assertThat(answer.body()).contains("At most 50 requests a second are served");
        for (String header : List.of("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset")) {
            assertThat(answer.headers().firstValue(header).orElse("none"))
                    .as(header)
                    .matches("\\d+(\\.\\d+)?");
        }
        assertThat(send(proxy, "GET", "organizations/acme", TestPlatform.TOKEN, "")
                        .statusCode())
                .as("another token")
                .isEqualTo(200);
    }

    /** Asked from several sides: one after the other they might be too slow on a busy machine. */
    private static HttpResponse<String> firstRefused(String token) throws Exception {
        AtomicReference<@Nullable HttpResponse<String>> refused = new AtomicReference<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
            List<Future<?>> asking = new ArrayList<>();
            for (int i = 0; i < 20 * LIMIT; i++) {
                asking.add(callers.submit(() -> {
                    if (refused.get() == null) {
                        HttpResponse<String> answer = send(proxy, "GET", "organizations/acme", token, "");
                        if (answer.statusCode() == 429) {
                            refused.set(answer);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> each : asking) {
                each.get();
            }
        }
        HttpResponse<String> answer = refused.get();
        assertThat(answer).as("one of %d requests is refused", 20 * LIMIT).isNotNull();
        return Objects.requireNonNull(answer);
    }

    @Test
    void everyAnswerSaysWhatThisServerCan() throws Exception {
        for (HttpResponse<String> answer : List.of(
                send(proxy, "GET", "ping", TestPlatform.TOKEN, ""),
                send(proxy, "GET", "organizations", "nobody", ""),
                send(proxy, "GET", "organizations/nowhere", TestPlatform.TOKEN, ""),
                send(proxy, "GET", "no/such/thing", TestPlatform.TOKEN, ""),
                send(proxy, "PUT", "organizations", TestPlatform.TOKEN, ""),
                send(proxy, "POST", "organizations", TestPlatform.TOKEN, "{"),
                send(proxy, "POST", "organizations", TestPlatform.TOKEN, " ".repeat(2_100_000)))) {
            assertThat(answer.headers().firstValue("TFP-API-Version"))
                    .as("%d %s", answer.statusCode(), answer.uri())
                    .hasValue("2.6");
            assertThat(answer.headers().firstValue("X-TFE-Version").orElse("")).matches("v\\d{6}-\\d+");
        }
    }

    @Test
    void tooMuchIsRefusedInWords() throws Exception {
        HttpResponse<String> answer = send(proxy, "POST", "organizations", TestPlatform.TOKEN, " ".repeat(2_100_000));
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("A request document may have at most 2097152 bytes here.");
    }

    @Test
    void optionsThatContradictEachOtherAreRefused() throws Exception {
        Path other = Files.createDirectory(root.resolve("other"));
        assertThat(TestPlatform.refused(
                        other, "--tls-certificate", certificate.certificate().toString()))
                .contains("both --tls-certificate and --tls-key");
        assertThat(TestPlatform.refused(other, "--trusted-proxy", "127.0.0.1")).contains("--trusted-proxy needs --url");
        assertThat(TestPlatform.refused(other, "--url", "terrafleet.example.com"))
                .contains("must be an address such as https://");
    }
}
