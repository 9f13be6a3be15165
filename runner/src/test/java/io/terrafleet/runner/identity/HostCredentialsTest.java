package io.terrafleet.runner.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Phase;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.runner.Claim;
import io.terrafleet.contracts.runner.IdentityToken;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostCredentialsTest {
    @TempDir
    Path home;

    /** @return the CLI configuration that terraform gets */
    private String laidOut(String api, String publicAddress, Map<String, String> environment) throws IOException {
        Map<String, String> terraforms = new HashMap<>(environment);
        HostCredentials.layOut(
                claim(new IdentityToken("registry", "", publicAddress, "jwt")), URI.create(api), home, terraforms);
        Path file = Path.of(Objects.requireNonNull(terraforms.get("TF_CLI_CONFIG_FILE")));
        assertThat(Files.getPosixFilePermissions(file)).hasToString("[OWNER_READ, OWNER_WRITE]");
        return Files.readString(file);
    }

    private static Claim claim(IdentityToken... tokens) {
        return new Claim(
                new JobId(new RunId("run-CZcmD7eagjhyX0vN"), Phase.PLAN, 1),
                "lease",
                1,
                Duration.ofSeconds(5),
                "acme",
                "web",
                "terraform",
                "",
                new Claim.Options(false, true, false, List.of(), List.of(), false, false),
                List.of(),
                false,
                Optional.empty(),
                Duration.ofMinutes(1),
                Duration.ofSeconds(1),
                1_000,
                Optional.empty(),
                List.of(tokens),
                Optional.empty());
    }

    private static String granted(String host) {
        return "credentials \"" + host + "\" {\n  token = \"jwt\"\n}\n";
    }

    @Test
    void theConfigurationOfTheWorkerStays() throws IOException {
        Path given = Files.writeString(home.resolve("worker.rc"), "provider_installation {\n  direct {}\n}\n");
        assertThat(laidOut("https://fleet.example.com:8443", "", Map.of("TF_CLI_CONFIG_FILE", given.toString())))
                .contains("direct {}", granted("fleet.example.com:8443"));
    }

    @Test
    void whatTheWorkersSaysOfAHostIsNotSaidAgain() throws IOException {
        String own = "credentials \"fleet.example.com\" {\n  token = \"own\"\n}\n";
        Path given = Files.writeString(home.resolve("worker.rc"), own);
        assertThat(laidOut("https://fleet.example.com", "", Map.of("TF_CLI_CONFIG_FILE", given.toString())))
                .contains(own)
                .doesNotContain(granted("fleet.example.com"));
    }

    @Test
    void aHostThatIsFoundOverHttpsGetsItsTokenOnly() throws IOException {
        assertThat(laidOut("https://Fleet.example.com:443", "https://fleet.example.com", Map.of()))
                .containsOnlyOnce(granted("fleet.example.com"))
                .doesNotContain("host \"fleet.example.com\"");
    }

    @Test
    void whereverItRunsItKnowsTheGenericName() throws IOException {
        assertThat(laidOut("http://api.internal:8081/", "https://fleet.example.com", Map.of()))
                .contains(
                        granted("localterraform.com"),
                        "host \"localterraform.com\" {",
                        "\"tfe.v2.1\"     = \"http://api.internal:8081/api/v2/\"",
                        "\"modules.v1\"   = \"http://api.internal:8081/api/registry/v1/modules/\"",
                        granted("api.internal:8081"),
                        "host \"api.internal:8081\" {",
                        granted("fleet.example.com"))
                .doesNotContain("host \"fleet.example.com\"");
    }

    @Test
    void withoutATokenNothingChanges() throws IOException {
        Map<String, String> environment = new HashMap<>();
        HostCredentials.layOut(claim(), URI.create("http://localhost:8080"), home, environment);
        assertThat(environment).isEmpty();
        assertThat(home).isEmptyDirectory();
    }
}
