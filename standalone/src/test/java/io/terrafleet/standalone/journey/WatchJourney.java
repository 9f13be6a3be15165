package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.Terraform;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of a run: figures, why it stands, and whether the platform is well. */
@SuppressWarnings("NullAway.Init")
class WatchJourney {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String MAIN = "resource \"terraform_data\" \"it\" {}\n";

    @TempDir
    Path directory;

    @Test
    void aRunIsSeenInFiguresAndSaysWhyItStands() throws Exception {
        Terraform.orSkip();
        try (HttpClient http = HttpClient.newHttpClient();
                TestPlatform platform = TestPlatform.start(directory)) {
            TestWorkspace workspace = platform.workspace(platform.organization(), "watched", Map.of("main.tf", MAIN));
            TestRun applied = workspace.startRun(Map.of("auto-apply", true));
            assertThat(applied.untilFinished().status()).as(applied.planLog()).isEqualTo("applied");
            figures(text(http, platform, "/q/metrics"));

            TestRun standing = workspace.startRun(Map.of("auto-apply", false, "is-destroy", true));
            standing.untilConfirmable();
            TestRun behind = workspace.startRun();
            assertThat(behind.now().waitingFor())
                    .as("one request says why it does not move")
                    .hasValueSatisfying(why -> assertThat(why).contains(standing.id()));

            assertThat(status(http, platform, "/q/health/ready")).isEqualTo(200);
            endDatabase();
            Await.until(
                    "the platform to say that it is not ready",
                    PATIENCE,
                    () -> status(http, platform, "/q/health/ready") == 503);
            assertThat(status(http, platform, "/q/health/live"))
                    .as("starting it again would not help")
                    .isEqualTo(200);
            platform.killNine();
        }
    }

    @Test
    void aTokenThatEverybodyKnowsIsNoWayIntoAnInstallation() throws Exception {
        String said = TestPlatform.refused(
                directory,
                Map.of("TERRAFLEET_ADMIN_TOKEN", "changeme-changeme-changeme"),
                "--url",
                "https://terrafleet.example.com");
        assertThat(said).contains("terrafleet.access.admin-token can be guessed", "openssl rand -hex 24");
    }

    private static void figures(String metrics) {
        for (String moved : List.of(
                "terrafleet_run_waited_seconds_count for=\"runner\"",
                "terrafleet_run_waited_seconds_count for=\"turn\"",
                "terrafleet_run_phase_seconds_count phase=\"plan\"",
                "terrafleet_run_phase_seconds_count phase=\"apply\"",
                "terrafleet_run_transitions_total to=\"applied\"",
                "terrafleet_delivery_lag_seconds_count service=\"policy\"",
                "terrafleet_delivery_lag_seconds_count service=\"cost\"",
                "terrafleet_delivery_lag_seconds_count service=\"api\"",
                "terrafleet_policy_judgement_seconds_count verdict=",
                "terrafleet_cost_decisions_total verdict=",
                "terrafleet_worker_jobs_launched_total ")) {
            List<String> words = List.of(moved.split(" ", -1));
            assertThat(metrics.lines())
                    .as(moved)
                    .anyMatch(line -> line.startsWith(words.getFirst())
                            && line.contains(words.getLast())
                            && Double.parseDouble(line.substring(line.lastIndexOf(' '))) > 0);
        }
        assertThat(metrics)
                .contains(
                        "terrafleet_outbox_waiting{",
                        "terrafleet_outbox_oldest_seconds{",
                        "terrafleet_run_unfinished{",
                        "terrafleet_cost_projects");
    }

    /** As a machine does that is out of memory. */
    private void endDatabase() throws IOException {
        try (Stream<Path> files = Files.find(directory, 6, (path, _) -> path.endsWith("postmaster.pid"))) {
            Path file = files.findFirst().orElseThrow();
            long first = Long.parseLong(Files.readAllLines(file).getFirst().strip());
            ProcessHandle.of(first).orElseThrow().destroyForcibly();
        }
    }

    private static String text(HttpClient http, TestPlatform platform, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(platform.url().resolve(path))
                .header("Authorization", "Bearer " + TestPlatform.TOKEN)
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    private static int status(HttpClient http, TestPlatform platform, String path) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(platform.url().resolve(path)).build();
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0; // nobody answers
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
