package io.terrafleet.runner.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.Phase;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.runner.Claim;
import io.terrafleet.contracts.runner.IdentityToken;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloudCredentialsTest {
    @TempDir
    Path home;

    private Map<String, String> laidOut(Phase phase, Map<String, String> settings, IdentityToken... tokens)
            throws IOException, InterruptedException {
        return new CloudCredentials(claim(phase, settings, tokens), home.resolve("identity")).layOut();
    }

    private static Claim claim(Phase phase, Map<String, String> settings, IdentityToken... tokens) {
        List<Claim.Variable> variables = new ArrayList<>();
        settings.forEach((name, value) -> variables.add(new Claim.Variable(name, value, "env", false, false)));
        return new Claim(
                new JobId(new RunId("run-CZcmD7eagjhyX0vN"), phase, 1),
                "lease",
                1,
                Duration.ofSeconds(5),
                "acme",
                "web",
                "terraform",
                "",
                new Claim.Options(false, true, false, List.of(), List.of(), false, false),
                variables,
                false,
                Optional.empty(),
                Duration.ofMinutes(1),
                Duration.ofSeconds(1),
                1_000,
                Optional.empty(),
                List.of(tokens),
                Optional.empty());
    }

    private static IdentityToken token(String kind, String tag) {
        return new IdentityToken(kind, tag, "audience", "jwt-" + kind + tag);
    }

    @Test
    void awsGetsATokenFileAndTheRoleOfThePhase() throws IOException, InterruptedException {
        Map<String, String> settings = Map.of(
                "TFC_AWS_RUN_ROLE_ARN", "arn:aws:iam::1:role/run", "TFC_AWS_PLAN_ROLE_ARN", "arn:aws:iam::1:role/plan");
        Map<String, String> plan = laidOut(Phase.PLAN, settings, token("aws", ""));
        assertThat(plan).containsEntry("AWS_ROLE_ARN", "arn:aws:iam::1:role/plan");
        assertThat(CloudCredentials.obtained(home.resolve("identity"))).isEmpty();
        Path file = Path.of(plan.get("AWS_WEB_IDENTITY_TOKEN_FILE"));
        assertThat(file).hasContent("jwt-aws");
        assertThat(Files.getPosixFilePermissions(file)).hasToString("[OWNER_READ, OWNER_WRITE]");
        assertThat(laidOut(Phase.APPLY, settings, token("aws", "")))
                .containsEntry("AWS_ROLE_ARN", "arn:aws:iam::1:role/run");
    }

    @Test
    void taggedConfigurationsArriveInAVariable() throws IOException, InterruptedException {
        Map<String, String> environment = laidOut(
                Phase.PLAN,
                Map.of("TFC_AWS_RUN_ROLE_ARN_EU", "arn:eu", "TFC_DEFAULT_AWS_RUN_ROLE_ARN", "arn:default"),
                token("aws", "EU"),
                token("aws", "US"));
        assertThat(environment).doesNotContainKey("AWS_ROLE_ARN");
        JsonNode aliases = Json.mapper()
                .readTree(environment.get("TF_VAR_tfc_aws_dynamic_credentials"))
                .path("aliases");
        assertThat(Path.of(aliases.path("EU").path("shared_config_file").asText()))
                .content()
                .contains("role_arn = arn:eu\n");
        assertThat(Path.of(aliases.path("US").path("shared_config_file").asText()))
                .content()
                .contains("role_arn = arn:default\n");
    }

    @Test
    void azureGoogleKubernetesAndOthersGetWhatTheirProvidersRead() throws IOException, InterruptedException {
        Map<String, String> environment = laidOut(
                Phase.APPLY,
                Map.of("TFC_AZURE_RUN_CLIENT_ID", "client", "TFC_GCP_RUN_SERVICE_ACCOUNT_EMAIL", "ci@acme.example"),
                token("azure", ""),
                token("gcp", ""),
                token("kubernetes", ""),
                token("generic", "VAULT2"),
                token("registry", ""));
        assertThat(environment)
                .containsEntry("ARM_CLIENT_ID", "client")
                .containsEntry("ARM_USE_OIDC", "true")
                .containsEntry("KUBE_TOKEN", "jwt-kubernetes")
                .containsEntry("TFC_WORKLOAD_IDENTITY_TOKEN_VAULT2", "jwt-genericVAULT2");
        assertThat(Path.of(environment.get("ARM_OIDC_TOKEN_FILE_PATH"))).hasContent("jwt-azure");
        JsonNode google =
                Json.mapper().readTree(Files.readString(Path.of(environment.get("GOOGLE_APPLICATION_CREDENTIALS"))));
        assertThat(google.path("type").asText()).isEqualTo("external_account");
        assertThat(google.path("audience").asText()).isEqualTo("audience");
        assertThat(Path.of(google.path("credential_source").path("file").asText()))
                .hasContent("jwt-gcp");
    }

    @Test
    void vaultIsLoggedInto() throws IOException, InterruptedException {
        AtomicReference<String> asked = new AtomicReference<>("");
        assertThat(CloudCredentials.obtained(home.resolve("identity"))).isEmpty();
        HttpServer vault = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        vault.createContext("/v1/auth/jwt/login", exchange -> {
            asked.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
                    + exchange.getRequestHeaders().getFirst("X-Vault-Namespace"));
            byte[] answer = "{\"auth\":{\"client_token\":\"hvs.given\"}}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        vault.start();
        try {
            String address = "http://localhost:" + vault.getAddress().getPort();
            Map<String, String> environment = laidOut(
                    Phase.PLAN,
                    Map.of("TFC_VAULT_ADDR", address, "TFC_VAULT_RUN_ROLE", "ci", "TFC_VAULT_NAMESPACE", "team"),
                    token("vault", ""));
            assertThat(environment).containsEntry("VAULT_TOKEN", "hvs.given").containsEntry("VAULT_ADDR", address);
            assertThat(CloudCredentials.obtained(home.resolve("identity"))).containsExactly("hvs.given");
            assertThat(asked.get())
                    .contains("\"jwt\":\"jwt-vault\"")
                    .contains("\"role\":\"ci\"")
                    .endsWith("team");
            assertThatThrownBy(() -> laidOut(
                            Phase.PLAN,
                            Map.of(
                                    "TFC_VAULT_ADDR",
                                    address,
                                    "TFC_VAULT_RUN_ROLE",
                                    "ci",
                                    "TFC_VAULT_AUTH_PATH",
                                    "other"),
                            token("vault", "")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("404")
                    .hasMessageNotContaining("jwt-vault");
        } finally {
            vault.stop(0);
        }
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> laidOut(Phase.PLAN, Map.of(), token("aws", "EU")))
                .hasMessageContaining("TFC_AWS_RUN_ROLE_ARN_EU");
        assertThatThrownBy(() -> laidOut(Phase.PLAN, Map.of(), token("generic", "../x")))
                .hasMessageContaining("tag");
    }

    @Test
    void aTokenIsNotPrinted() {
        assertThat(token("aws", "EU").toString()).doesNotContain("jwt-aws");
    }
}
