package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.standalone.client.Run;
import io.terrafleet.standalone.journey.CliPlatform.Running;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.TarGz;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Runs on a machine that has nothing but the platform's address and the token of an agent pool. */
@ExtendWith(CliPlatform.class)
@Execution(ExecutionMode.CONCURRENT)
class AgentJourney {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path directory;

    private TestAgent agent(Running platform, String token, String name) throws Exception {
        Map<String, String> environment = new HashMap<>();
        environment.put("TERRAFLEET_WORKER_PROCESS_PASS_ENVIRONMENT", "MARK_OF_THE_HOST");
        environment.put("MARK_OF_THE_HOST", "seen-by-" + name);
        String[] trust =
                CliPlatform.HTTPS ? new String[] {"--ca", platform.authority().toString()} : new String[0];
        return TestAgent.start(platform.url(), token, name, directory.resolve(name), environment, trust);
    }

    /** A configuration whose apply sleeps. */
    private static TestWorkspace slow(Running platform, TestPool pool, int seconds) {
        return new TestWorkspace(platform.api(), pool.workspace())
                .configured(TarGz.of(Map.of(
                        "main.tf",
                        """
                        resource "terraform_data" "quick" {}
                        resource "terraform_data" "slow" {
                          depends_on = [terraform_data.quick]
                          provisioner "local-exec" { command = "sleep %d" }
                        }
                        """
                                .formatted(seconds))));
    }

    private static TestRun applying(TestWorkspace workspace) {
        TestRun run = workspace.startRun();
        run.untilConfirmable();
        run.confirm();
        Await.until(
                "the slow resource to begin", PATIENCE, () -> run.applyLog().contains("terraform_data.slow: Creating"));
        return run;
    }

    @Test
    void theRunHappensOnTheAgentAndThePoolServesItsWorkspacesOnly(Running platform) throws Exception {
        TestPool pool = TestPool.of(platform, "on-agent");
        Cli cli = platform.cli()
                .write(
                        "main.tf",
                        CliSample.cloud("name = \"on-agent\"")
                                + """
                                resource "terraform_data" "here" {
                                  provisioner "local-exec" { command = "echo $MARK_OF_THE_HOST" }
                                }
                                """);
        cli.does("init", "-no-color");
        Screen apply = cli.starts("apply", "-no-color", "-auto-approve");
        Await.until("the run to wait for an agent", PATIENCE, () -> waiting(platform)
                .contains("waiting for an agent of the pool on-agent: none is connected"));
        try (TestAgent agent = agent(platform, pool.token(), "host-1").ready()) {
            assertThat(apply.ends(0))
                    .contains("seen-by-host-1", "Apply complete! Resources: 1 added, 0 changed, 0 destroyed.");
            Run run = platform.calls().latestRun("on-agent");
            JsonNode where = platform.api()
                    .attributes("applies/" + run.applyId().orElseThrow())
                    .path("execution-details");
            assertThat(where.path("mode").asText()).isEqualTo("agent");
            assertThat(where.path("agent-name").asText()).isEqualTo("host-1");
            assertThat(where.path("agent-pool-name").asText()).isEqualTo("on-agent");
            assertThat(cli.does("plan", "-no-color", "-destroy")).contains("1 to destroy");

            String other = platform.api().createWorkspace("acme", "not-on-agent", Map.of());
            assertThat(platform.calls()
                            .refused(
                                    "PATCH",
                                    "workspaces/" + other,
                                    TestPool.attributes(Map.of("execution-mode", "agent", "agent-pool-id", pool.id()))))
                    .isEqualTo(422);
        }
    }

    private static String waiting(Running platform) {
        List<Run> runs = platform.api().runs(platform.calls().id("on-agent"));
        return runs.isEmpty() ? "" : runs.getFirst().waitingFor().orElse("");
    }

    @Test
    void anAgentThatIsKilledLeavesItsRunnerWhichEndsTheRun(Running platform) throws Exception {
        TestPool pool = TestPool.of(platform, "killed-agent");
        try (TestAgent agent = agent(platform, pool.token(), "host-2").ready()) {
            TestRun run = applying(slow(platform, pool, 6));
            agent.killNine();
            assertThat(run.untilFinished().status()).isEqualTo("applied");
        }
        try (TestAgent again = agent(platform, pool.token(), "host-2")) {
            again.screen().until("asks " + platform.url());
            assertThat(slow(platform, pool, 0)
                            .startRun(Map.of("auto-apply", true))
                            .untilFinished()
                            .status())
                    .isIn("applied", "planned_and_finished");
            assertThat(platform.api()
                            .attributes("agent-pools/" + pool.id())
                            .path("agent-count")
                            .asInt())
                    .as("who starts again is the same agent")
                    .isEqualTo(1);
        }
    }

    @Test
    void aMachineThatDiesInTheMiddleOfAnApplyEndsTheRunWithAReason(Running platform) throws Exception {
        TestPool pool = TestPool.of(platform, "dead-host");
        try (TestAgent agent = agent(platform, pool.token(), "host-3").ready()) {
            TestRun run = applying(slow(platform, pool, 120));
            agent.killWithItsRunners();
            Run ended = run.untilFinished();
            assertThat(ended.status()).isEqualTo("errored");
            assertThat(ended.reasons()).anyMatch(reason -> reason.contains("has not been heard of"));
        }
        assertThat(new String(platform.api().state(pool.workspace()), java.nio.charset.StandardCharsets.UTF_8))
                .as("what was made is in the state")
                .contains("\"quick\"");
        try (TestAgent another = agent(platform, pool.token(), "host-4").ready()) {
            assertThat(slow(platform, pool, 0)
                            .startRun(Map.of("auto-apply", true))
                            .untilFinished()
                            .status())
                    .isEqualTo("applied");
        }
    }

    @Test
    void anAgentWhoseTokenIsRevokedEndsAndSaysWhy(Running platform) throws Exception {
        TestPool pool = TestPool.of(platform, "revoked");
        try (TestAgent agent = agent(platform, pool.token(), "host-5").ready()) {
            platform.calls().send("DELETE", "authentication-tokens/" + pool.tokenId(), Map.of());
            assertThat(agent.screen().ends(1)).contains("the agent ends: the platform does not take the token");
        }
        String fresh = TestPool.token(platform, pool.id())
                .path("attributes")
                .path("token")
                .asText();
        try (TestAgent again = agent(platform, fresh, "host-5")) {
            assertThat(slow(platform, pool, 0)
                            .startRun(Map.of("auto-apply", true))
                            .untilFinished()
                            .status())
                    .isEqualTo("applied");
        }
    }
}
