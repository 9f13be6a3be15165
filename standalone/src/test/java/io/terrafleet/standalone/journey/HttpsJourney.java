package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code up --tls}: found by its discovery document, trusted by its own authority, entered by {@code terraform login}. */
class HttpsJourney {
    @TempDir
    Path root = Path.of("");

    @Test
    void loginAndApplyOverHttps() throws Exception {
        try (TestPlatform platform = TestPlatform.start(root, "--tls");
                Browser browser = new Browser(root.resolve("data/tls/ca.pem"))) {
            String host = "localhost:" + platform.port();
            URI url = URI.create("https://" + host);
            assertThat(platform.output()).contains("SSL_CERT_FILE=", "terraform login " + host);
            browser.post(
                    url.resolve("/api/v2/organizations"),
                    TestPlatform.TOKEN,
                    Map.of(
                            "data",
                            Map.of(
                                    "type",
                                    "organizations",
                                    "attributes",
                                    Map.of("name", "acme", "email", "a@example.com"))));

            Path home = root.resolve("home");
            Files.createDirectories(home.resolve(".terraform.d"));
            Cli cli = new Cli(
                    Files.createDirectory(root.resolve("work")),
                    Map.of(
                            "HOME",
                            home.toString(),
                            "SSL_CERT_FILE",
                            root.resolve("data/tls/ca.pem").toString()));
            login(cli, browser, host);
            assertThat(home.resolve(".terraform.d/credentials.tfrc.json"))
                    .content()
                    .contains(host, "tfl.");

            cli.write("main.tf", CliSample.named("secure").replace(CliPlatform.HOST, host));
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
