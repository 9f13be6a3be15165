package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** {@code up --tls}: found by its discovery document, trusted by its own authority, entered by {@code terraform login}. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(TestPlatform.OWN)
class HttpsJourney {
    @TempDir
    static Path root;

    private static TestPlatform platform;
    private static Browser browser;
    private static String host;
    private static URI url;

    @BeforeAll
    static void start() throws Exception {
        platform = TestPlatform.start(root, "--tls");
        host = "localhost:" + platform.port();
        url = URI.create("https://" + host);
        browser = new Browser(authority());
        send("organizations", Map.of("name", "acme", "email", "a@example.com"));
    }

    @AfterAll
    static void stop() {
        if (platform != null) {
            platform.close();
            browser.close();
        }
    }

    private static Path authority() {
        return root.resolve("data/tls/ca.pem");
    }

    /** @return what was made */
    private static JsonNode send(String path, Map<String, Object> attributes) throws Exception {
        return browser.post(
                        url.resolve("/api/v2/" + path),
                        TestPlatform.TOKEN,
                        Map.of("data", Map.of("attributes", attributes)))
                .path("data");
    }

    @Test
    void loginAndApplyOverHttps() throws Exception {
        assertThat(platform.output()).contains("SSL_CERT_FILE=", "terraform login " + host);
        Path home = root.resolve("home");
        Files.createDirectories(home.resolve(".terraform.d"));
        Cli cli = new Cli(
                Files.createDirectory(root.resolve("work")),
                Map.of("HOME", home.toString(), "SSL_CERT_FILE", authority().toString()),
                host);
        login(cli, browser, host);
        assertThat(home.resolve(".terraform.d/credentials.tfrc.json")).content().contains(host, "tfl.");

        cli.write("main.tf", CliSample.named("secure"));
        assertThat(cli.does("init", "-no-color")).contains("successfully initialized!");
        assertThat(cli.does("apply", "-no-color", "-auto-approve"))
                .contains("https://" + host + "/app/acme/secure/runs/run-", "Apply complete! Resources: 2 added");
        assertThat(cli.starts("logout", host).ends(0)).contains("Success!");
        assertThat(cli.fails("plan", "-no-color")).contains("Required token could not be found");
        assertThat(cli.with("SSL_CERT_FILE", "/dev/null")
                        .with("SSL_CERT_DIR", home.toString())
                        .fails("plan", "-no-color"))
                .contains("certificate signed by unknown authority");
    }

    /** Its runner trusts whom it trusts: it fetches and reports over HTTPS too. */
    @Test
    void anAgentTrustsTheAuthorityItIsGiven() throws Exception {
        String pool = send("organizations/acme/agent-pools", Map.of("name", "hosts"))
                .path("id")
                .asText();
        String token = send("agent-pools/" + pool + "/authentication-tokens", Map.of("description", "for a host"))
                .path("attributes")
                .path("token")
                .asText();
        send(
                "organizations/acme/workspaces",
                Map.of("name", "on-agent", "execution-mode", "agent", "agent-pool-id", pool));
        Path home = Files.createDirectory(root.resolve("agent-home"));
        Files.writeString(
                home.resolve(".terraformrc"),
                "credentials \"%s\" { token = \"%s\" }\n".formatted(host, TestPlatform.TOKEN));
        Cli cli = new Cli(
                        Files.createDirectory(root.resolve("agent-work")),
                        Map.of(
                                "HOME",
                                home.toString(),
                                "SSL_CERT_FILE",
                                authority().toString()),
                        host)
                .write(
                        "main.tf",
                        CliSample.cloud("name = \"on-agent\"")
                                + """
                                resource "terraform_data" "here" {
                                  provisioner "local-exec" { command = "echo $MARK_OF_THE_HOST" }
                                }
                                """);
        cli.does("init", "-no-color");
        Map<String, String> environment = Map.of(
                "TERRAFLEET_WORKER_PROCESS_PASS_ENVIRONMENT", "MARK_OF_THE_HOST", "MARK_OF_THE_HOST", "seen-there");
        try (TestAgent stranger = TestAgent.start(url, token, "stranger", root.resolve("stranger"), environment)) {
            stranger.screen().until("certification path");
        }
        try (TestAgent agent = TestAgent.start(
                        url,
                        token,
                        "host",
                        root.resolve("host"),
                        environment,
                        "--ca",
                        authority().toString())
                .ready()) {
            assertThat(cli.does("apply", "-no-color", "-auto-approve"))
                    .contains("seen-there", "Apply complete! Resources: 1 added");
            assertThat(agent.screen().text()).doesNotContain("certification path");
        }
    }

    /** The person's part is played over HTTP: sign in, read the question, agree. */
    private static void login(Cli cli, Browser browser, String host) throws Exception {
        Screen screen =
                cli.starts("login", host).until("Enter a value:").type("yes").until("/app/oauth2/auth?");
        screen.until("Terraform will now wait for the host to signal that login was successful.");
        Matcher address =
                Pattern.compile("https://[^\\s']+/app/oauth2/auth\\?[^\\s']+").matcher(screen.text());
        assertThat(address.find()).as(screen.text()).isTrue();
        HttpResponse<String> signIn = browser.open(URI.create(address.group()));
        assertThat(signIn.body()).contains("Sign in");
        HttpResponse<String> question = browser.send(signIn, "/app/login", "token", TestPlatform.TOKEN);
        assertThat(question.body())
                .as("after signing in for %s, at %s", address.group(), question.uri())
                .contains("Let terraform act as");
        HttpResponse<String> agreed = browser.send(question, "/app/oauth2/auth", "answer", "allow");
        deliver(URI.create(agreed.headers().firstValue("Location").orElseThrow()));
        assertThat(screen.ends(0)).contains("Terraform has obtained and saved an API token.");
    }

    /** To the command, which may hang up as soon as it has read the address. */
    private static void deliver(URI address) throws IOException {
        assertThat(address.toString()).startsWith("http://localhost:100");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
            String request = "GET " + address.getRawPath() + "?" + address.getRawQuery()
                    + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).as("an answer").isPositive();
        }
    }
}
