package io.terrafleet.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.runner.Claim;
import io.terrafleet.contracts.runner.IdentityToken;
import io.terrafleet.contracts.runner.PhaseResult;
import io.terrafleet.contracts.runner.RunArtifact;
import io.terrafleet.testkit.FakePlatform;
import io.terrafleet.testkit.TarGz;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTokenIT {
    private static final JobId PLAN = JobId.of("run-aaaaaaaaaaaaaaaa-plan-1");
    private static final String GIVEN = "hvs.CAESIGiven";
    private static final String JWT = "eyJhbGciOi.of-the-phase";

    @TempDir
    Path root = Path.of("");

    private static HttpServer vault() throws Exception {
        HttpServer vault = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        vault.createContext("/v1/auth/jwt/login", exchange -> {
            byte[] answer = ("{\"auth\":{\"client_token\":\"" + GIVEN + "\"}}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        vault.start();
        return vault;
    }

    private static Claim.Variable setting(String name, String value) {
        return new Claim.Variable(name, value, "env", false, false);
    }

    private static Claim claim(String vault) {
        Claim claim = FakePlatform.claim(PLAN);
        return new Claim(
                claim.job(),
                claim.leaseToken(),
                claim.fence(),
                claim.heartbeatEvery(),
                claim.organization(),
                claim.workspaceName(),
                claim.engine(),
                claim.workingDirectory(),
                claim.options(),
                List.of(setting("TFC_VAULT_ADDR", vault), setting("TFC_VAULT_RUN_ROLE", "ci")),
                claim.hasState(),
                claim.planSha256(),
                claim.timeout(),
                claim.coolOff(),
                claim.logLimitBytes(),
                claim.enclosed(),
                List.of(new IdentityToken("vault", "", "vault.workload.identity", JWT)),
                claim.sshKey());
    }

    @Test
    void aTokenThatVaultGaveIsHiddenLikeASensitiveVariable() throws Exception {
        HttpServer vault = vault();
        try (RunnerBench bench = new RunnerBench(root)) {
            bench.platform
                    .configuration(TarGz.of(Map.of(
                            "main.tf",
                            "output \"token\" { value = \"<${file(\"${path.module}/../identity/vault-token\")}>\" }")))
                    .offer(claim("http://localhost:" + vault.getAddress().getPort()));

            bench.run(PLAN);

            String log = bench.platform.log(PLAN);
            assertThat(bench.platform.result(PLAN)).as(log).isInstanceOf(PhaseResult.Planned.class);
            assertThat(log).contains("<(sensitive value)>").doesNotContain(GIVEN);
            assertThat(new String(
                            bench.platform
                                    .artifact(RunArtifact.PLAN_JSON_REDACTED)
                                    .orElseThrow(),
                            StandardCharsets.UTF_8))
                    .contains("(sensitive value)")
                    .doesNotContain(GIVEN);
        } finally {
            vault.stop(0);
        }
    }
}
