package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.Terraform;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 or a stop of the whole platform while a run is on its way: after a restart no run is stuck and no state is lost. */
class KillJourney {
    @TempDir
    Path directory;

    @Test
    void killedWhilePlanning() {
        Terraform.orSkip();
        try (TestPlatform platform = TestPlatform.start(directory)) {
            TestWorkspace workspace = platform.workspace(
                    platform.organization(),
                    "large",
                    Map.of(
                            "main.tf",
                            """
                    resource "terraform_data" "many" {
                      count = 1500
                      input = count.index
                    }
                    """));
            TestRun run = workspace.startRun();
            run.until("planning");
            platform.killNine();
            platform.startAgain();

            assertThat(run.until("over or waiting for a person", seen -> seen.isFinal() || seen.isConfirmable())
                            .status())
                    .isIn("policy_checked", "planned", "cost_estimated", "errored");
            finishAndApplyAgain(workspace, run);
            assertThat(platform.stop()).as("seconds to stop").isLessThan(25);
        }
    }

    @Test
    void killedWhileApplying() throws Exception {
        Terraform.orSkip();
        try (TestPlatform platform = TestPlatform.start(directory)) {
            TestWorkspace workspace = platform.workspace(
                    platform.organization(),
                    "slow",
                    Map.of(
                            "main.tf",
                            """
                    resource "terraform_data" "quick" {}
                    resource "terraform_data" "slow" {
                      depends_on = [terraform_data.quick]
                      provisioner "local-exec" { command = "sleep 12" }
                    }
                    output "quick" { value = terraform_data.quick.id }
                    """));
            TestRun run = workspace.startRun();
            run.untilConfirmable();
            run.confirm();
            Await.until("the slow resource to begin", Duration.ofMinutes(1), () -> run.applyLog()
                    .contains("terraform_data.slow: Creating"));
            platform.killNine();
            platform.startAgain();

            assertThat(run.untilFinished().status()).isIn("applied", "errored");
            JsonNode state = Json.mapper().readTree(platform.api().state(workspace.id()));
            assertThat(state.path("resources").findValuesAsText("name"))
                    .as("what was made before the kill is in the state")
                    .contains("quick");
            String made = idOf(state, "quick");
            finishAndApplyAgain(workspace, run);
            JsonNode later = Json.mapper().readTree(platform.api().state(workspace.id()));
            assertThat(idOf(later, "quick")).as("not made twice").isEqualTo(made);
            assertThat(later.path("lineage")).isEqualTo(state.path("lineage"));
        }
    }

    /** The provisioner's child would go on for a minute; nobody waits for it, and the interrupted apply is heard to its end. */
    @Test
    void stoppedWhileApplying() throws Exception {
        Terraform.orSkip();
        try (TestPlatform platform = TestPlatform.start(directory)) {
            TestWorkspace workspace = platform.workspace(
                    platform.organization(),
                    "stopped",
                    Map.of(
                            "main.tf",
                            """
                    resource "terraform_data" "quick" {}
                    resource "terraform_data" "slow" {
                      depends_on = [terraform_data.quick]
                      provisioner "local-exec" { command = "sleep 60" }
                    }
                    """));
            TestRun run = workspace.startRun();
            run.untilConfirmable();
            run.confirm();
            Await.until("the slow resource to begin", Duration.ofMinutes(1), () -> run.applyLog()
                    .contains("terraform_data.slow: Creating"));
            assertThat(platform.stop()).as("seconds to stop").isLessThan(25);
            platform.startAgain();

            assertThat(run.now().status()).as("reported before the end").isEqualTo("errored");
            JsonNode state = Json.mapper().readTree(platform.api().state(workspace.id()));
            assertThat(state.path("resources").findValuesAsText("name")).contains("quick");
        }
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
