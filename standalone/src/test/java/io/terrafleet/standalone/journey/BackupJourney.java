package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.TarGz;
import io.terrafleet.testkit.Terraform;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The drill that one hopes never to need: all data is gone, of which there is a backup, and the broker and what the worker had taken is
 * not even in that. One slot, held by an apply, so that a run behind it was asked for and has not begun.
 */
@SuppressWarnings("NullAway.Init")
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(TestPlatform.OWN)
class BackupJourney {
    private static final String MAIN =
            """
            variable "secret" {
              sensitive = true
            }
            resource "terraform_data" "kept" { input = "%s" }
            output "kept" { value = terraform_data.kept.id }
            output "length" { value = nonsensitive(length(var.secret)) }
            """;

    private static final String SLOW =
            """
            resource "terraform_data" "slow" {
              provisioner "local-exec" { command = "sleep 60" }
            }
            """;

    @TempDir
    Path directory;

    private Path data;
    private Path file;

    @Test
    void stateKeysAndRunsComeBackAndALostBrokerIsRebuilt() throws Exception {
        Terraform.orSkip();
        data = directory.resolve("data");
        file = directory.resolve("backup.tar.gz");
        try (TestPlatform platform = TestPlatform.start(directory, Map.of("TERRAFLEET_WORKER_PROCESS_SLOTS", "1"))) {
            TestWorkspace kept = applied(platform);
            JsonNode state = state(kept);
            TestRun waiting = kept.configured(TarGz.of(Map.of("main.tf", MAIN.formatted("second"))))
                    .startRun();
            waiting.untilConfirmable();
            TestRun queued = queuedBehindAnApply(platform);

            assertThat(command(1, "backup", "--to", file.toString())).contains("already runs");
            assertThat(file).doesNotExist();
            platform.stop();
            assertThat(command(0, "backup", "--to", file.toString())).contains("contains the keys");
            delete(data);
            command(0, "restore", "--from", file.toString());
            delete(data.resolve("kafka"));
            delete(data.resolve("worker/jobs"));
            platform.startAgain();

            assertThat(state(kept)).as("opened with the restored keys").isEqualTo(state);
            queued.untilConfirmable();
            assertThat(waiting.planLog()).contains("terraform_data.kept");
            waiting.confirm();
            assertThat(waiting.untilFinished().status()).isEqualTo("applied");
            assertThat(state(kept).path("lineage")).isEqualTo(state.path("lineage"));
            assertThat(state(kept).path("serial").asLong())
                    .isGreaterThan(state.path("serial").asLong());
            TestRun further = kept.startRun(Map.of("auto-apply", true));
            assertThat(further.untilFinished().status()).as("a further run").isEqualTo("applied");
        }
        assertThat(command(1, "restore", "--from", file.toString())).contains("is not empty");
    }

    private static TestWorkspace applied(TestPlatform platform) throws Exception {
        TestWorkspace kept =
                platform.workspace(platform.organization(), "kept", Map.of("main.tf", MAIN.formatted("first")));
        Map<String, Object> variable =
                Map.of("key", "secret", "value", "four", "category", "terraform", "sensitive", true);
        try (HttpClient http = HttpClient.newHttpClient()) {
            new CliCalls(platform.url(), platform.api(), http)
                    .send(
                            "POST",
                            "workspaces/" + kept.id() + "/vars",
                            Map.of("data", Map.of("type", "vars", "attributes", variable)));
        }
        TestRun first = kept.startRun(Map.of("auto-apply", true));
        assertThat(first.untilFinished().status()).isEqualTo("applied");
        return kept;
    }

    private static TestRun queuedBehindAnApply(TestPlatform platform) {
        String organization = platform.organization();
        TestRun applying = platform.workspace(organization, "slow", Map.of("main.tf", SLOW))
                .startRun(Map.of("auto-apply", true));
        applying.until("applying");
        Await.until("the slow resource to begin", Duration.ofMinutes(3), () -> applying.applyLog()
                .contains("terraform_data.slow: Creating"));
        TestRun queued = platform.workspace(
                        organization, "queued", Map.of("main.tf", "resource \"terraform_data\" \"x\" {}"))
                .startRun();
        queued.until("plan_queued");
        return queued;
    }

    private static JsonNode state(TestWorkspace workspace) throws Exception {
        return Json.mapper().readTree(workspace.api().state(workspace.id()));
    }

    /** @return what it says */
    private String command(int code, String... arguments) throws Exception {
        List<String> all = Stream.concat(Stream.of(arguments), Stream.of("--data", data.toString()))
                .toList();
        TestPlatform.Said said = TestPlatform.say(directory, all.toArray(String[]::new));
        assertThat(said.code()).as("%s: %s", all, said.text()).isEqualTo(code);
        return said.text();
    }

    private static void delete(Path tree) throws Exception {
        try (Stream<Path> all = Files.walk(tree)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.delete(each);
            }
        }
    }
}
