package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.Terraform;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * kill -9 or a stop of the whole platform while runs are on their way: after a restart no run is stuck and no state is lost. Each method
 * leaves the platform running for the next.
 */
@SuppressWarnings("NullAway.Init")
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(TestPlatform.OWN)
class KillJourney {
    private static final String LARGE =
            """
            resource "terraform_data" "many" {
              count = 1500
              input = count.index
            }
            """;

    private static final String SLOW =
            """
            resource "terraform_data" "quick" {}
            resource "terraform_data" "slow" {
              depends_on = [terraform_data.quick]
              provisioner "local-exec" { command = "sleep %d" }
            }
            output "quick" { value = terraform_data.quick.id }
            """;

    @TempDir
    static Path directory;

    private static TestPlatform platform;

    @BeforeAll
    static void start() {
        Terraform.orSkip();
        platform = TestPlatform.start(directory);
    }

    @AfterAll
    static void stop() {
        if (platform != null) {
            try (TestPlatform last = platform) {
                assertThat(last.stop()).as("seconds to stop").isLessThan(25);
            }
        }
    }

    /** One kill, in the middle of a plan and of an apply. */
    @Test
    void killedWhilePlanningAndApplying() throws Exception {
        TestWorkspace slow = workspace("slow", SLOW.formatted(12));
        TestWorkspace large = workspace("large", LARGE);
        TestRun applying = applying(slow);
        TestRun planning = large.startRun();
        planning.until("planning");
        platform.killNine();
        platform.startAgain();

        assertThat(planning.until("over or waiting for a person", seen -> seen.isFinal() || seen.isConfirmable())
                        .status())
                .isIn("policy_checked", "planned", "cost_estimated", "errored");
        assertThat(applying.untilFinished().status()).isIn("applied", "errored");
        JsonNode state = state(slow);
        assertThat(state.path("resources").findValuesAsText("name"))
                .as("what was made before the kill is in the state")
                .contains("quick");
        String made = idOf(state, "quick");
        finishAndApplyAgain(slow, applying);
        JsonNode later = state(slow);
        assertThat(idOf(later, "quick")).as("not made twice").isEqualTo(made);
        assertThat(later.path("lineage")).isEqualTo(state.path("lineage"));
        finishAndApplyAgain(large, planning);
    }

    /** The provisioner's child would go on for a minute; nobody waits for it, and the interrupted apply is heard to its end. */
    @Test
    void stoppedWhileApplying() throws Exception {
        TestWorkspace workspace = workspace("stopped", SLOW.formatted(60));
        TestRun run = applying(workspace);
        assertThat(platform.stop()).as("seconds to stop").isLessThan(25);
        platform.startAgain();

        assertThat(run.now().status()).as("reported before the end").isEqualTo("errored");
        assertThat(state(workspace).path("resources").findValuesAsText("name")).contains("quick");
    }

    private static TestWorkspace workspace(String name, String configuration) {
        return platform.workspace(platform.organization(), name, Map.of("main.tf", configuration));
    }

    private static TestRun applying(TestWorkspace workspace) {
        TestRun run = workspace.startRun();
        run.untilConfirmable();
        run.confirm();
        Await.until("the slow resource to begin", Duration.ofMinutes(3), () -> run.applyLog()
                .contains("terraform_data.slow: Creating"));
        return run;
    }

    private static JsonNode state(TestWorkspace workspace) throws Exception {
        return Json.mapper().readTree(platform.api().state(workspace.id()));
    }

    /** Whatever became of the interrupted run, the workspace is usable. */
    private static void finishAndApplyAgain(TestWorkspace workspace, TestRun interrupted) {
        if (!interrupted.now().isFinal()) {
            interrupted.confirm();
            interrupted.untilFinished();
        }
        TestRun next = workspace.startRun(Map.of("auto-apply", true));
        assertThat(next.untilFinished().status()).isIn("applied", "planned_and_finished");
    }

    private static String idOf(JsonNode state, String name) {
        for (JsonNode resource : state.path("resources")) {
            if (resource.path("name").asText().equals(name)) {
                return resource.path("instances")
                        .path(0)
                        .path("attributes")
                        .path("id")
                        .asText();
            }
        }
        throw new AssertionError(name + " is not in the state");
    }
}
