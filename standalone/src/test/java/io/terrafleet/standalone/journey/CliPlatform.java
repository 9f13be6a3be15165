package io.terrafleet.standalone.journey;

import io.terrafleet.standalone.client.TfeClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One platform for all journeys of the command line, on plain HTTP: a {@code host} block of the CLI's configuration says where
 * {@code terrafleet.test} is. With {@code -Dterrafleet.journeys.https=true}, as Maven's second execution has it, the same journeys go over
 * HTTPS: the platform makes itself an authority, and terraform finds everything by the discovery document.
 */
final class CliPlatform implements BeforeAllCallback, ParameterResolver {
    static final String HOST = "terrafleet.test";
    static final String ORGANIZATION = "acme";
    /** Of the journeys that go over plain HTTP and over HTTPS in every run of all tests. */
    static final String FLOW = "flow";

    static final boolean HTTPS = Boolean.getBoolean("terrafleet.journeys.https");

    private static final Namespace NAMESPACE = Namespace.create(CliPlatform.class);

    /** What a test may ask for. */
    static final class Running implements AutoCloseable {
        private final AtomicInteger directories = new AtomicInteger();
        private final Path root;
        private final TestPlatform platform;
        private final TfeClient api;
        private final HttpClient http;

        private Running() {
            try {
                root = Files.createTempDirectory("terrafleet-cli");
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            // Run tasks and git hosts of these journeys answer on this machine.
            platform = TestPlatform.start(
                    root,
                    Map.of(
                            "TERRAFLEET_OUTBOUND_ALLOW_PRIVATE_ADDRESSES",
                            "true",
                            "TERRAFLEET_VCS_ALLOW_PRIVATE_ADDRESSES",
                            "true",
                            // A journey loses deliveries, and does not wait five minutes.
                            "TERRAFLEET_VCS_LOOK_EVERY",
                            "10s",
                            // A journey kills a machine, and does not wait ten minutes.
                            "TERRAFLEET_JOB_APPLY_LEASE",
                            "30s"),
                    HTTPS ? new String[] {"--tls"} : new String[0]);
            if (HTTPS) {
                SSLContext.setDefault(TestAuthority.trust(authority()));
            }
            http = HttpClient.newHttpClient();
            api = new TfeClient(url(), TestPlatform.TOKEN);
            api.createOrganization(ORGANIZATION);
        }

        TfeClient api() {
            return api;
        }

        /** The name of an organization that nobody has used. */
        String organization() {
            return TestPlatform.organization(api);
        }

        TestWorkspace workspace(String organization, String name, Map<String, String> files) {
            return TestWorkspace.in(api, organization, name, files);
        }

        CliCalls calls() {
            return new CliCalls(url(), api, http);
        }

        URI url() {
            return HTTPS ? URI.create("https://" + hostname()) : platform.url();
        }

        /** As terraform calls it. */
        String hostname() {
            return HTTPS ? "localhost:" + platform.port() : HOST;
        }

        /** All that the platform keeps. */
        Path data() {
            return root.resolve("data");
        }

        /** PEM, with HTTPS. */
        Path authority() {
            return data().resolve("tls/ca.pem");
        }

        /** One of the platform's own tools, with the token of the site administrator. */
        Screen tool(String... arguments) throws IOException {
            List<String> line = new ArrayList<>(List.of(
                    ProcessHandle.current().info().command().orElseThrow(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path", ""),
                    "io.terrafleet.standalone.Tools"));
            line.addAll(List.of(arguments));
            ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
            builder.environment().put("TERRAFLEET_TOKEN", TestPlatform.TOKEN);
            return new Screen(String.join(" ", arguments), builder.start());
        }

        /** A fresh directory, with the credentials of the site administrator. */
        Cli cli() throws IOException {
            return cli(credentials());
        }

        /** The same, and providers from a directory of this machine only. */
        Cli cli(Path mirror) throws IOException {
            return cli(credentials() + "provider_installation {\n  filesystem_mirror {\n    path = \"" + mirror
                    + "\"\n  }\n}\n");
        }

        private String credentials() {
            return "credentials \"%s\" { token = \"%s\" }\n".formatted(hostname(), TestPlatform.TOKEN)
                    + (HTTPS ? "" : host());
        }

        /** Where {@code terrafleet.test} is, in the words of terraform's own configuration. */
        String host() {
            return """
                    host "%s" {
                      services = {
                        "tfe.v2"   = "%2$s/api/v2/"
                        "tfe.v2.1" = "%2$s/api/v2/"
                        "tfe.v2.2" = "%2$s/api/v2/"
                        "state.v2" = "%2$s/api/v2/"
                      }
                    }
                    """
                    .formatted(HOST, platform.url());
        }

        Cli cli(String configuration) throws IOException {
            int number = directories.incrementAndGet();
            Path directory = Files.createDirectory(root.resolve("work-" + number));
            Path home = Files.createDirectory(root.resolve("home-" + number));
            Files.createDirectory(home.resolve(".terraform.d"));
            Files.writeString(home.resolve(".terraformrc"), configuration);
            Cli cli = new Cli(directory, Map.of("HOME", home.toString()), hostname());
            return HTTPS ? cli.with("SSL_CERT_FILE", authority().toString()) : cli;
        }

        @Override
        public void close() throws IOException {
            http.close();
            api.close();
            platform.close();
            try (var tree = Files.walk(root)) {
                for (Path path :
                        tree.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Running.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return running(context);
    }

    private static Running running(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Running.class, type -> new Running(), Running.class);
    }
}
