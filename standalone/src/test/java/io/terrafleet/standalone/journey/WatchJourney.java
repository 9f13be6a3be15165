package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.terrafleet.contracts.Json;
import io.terrafleet.messaging.trace.RunTrace;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.Terraform;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of a run: figures, one trace through all services, why it stands, and whether the platform is well. */
@SuppressWarnings("NullAway.Init")
class WatchJourney {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String MAIN = "resource \"terraform_data\" \"it\" {}\n";

    @TempDir
    Path directory;

    private final List<Told> told = new CopyOnWriteArrayList<>();

    /** A span and who told it. */
    private record Told(String service, JsonNode span) {
        String name() {
            return span.path("name").asText();
        }
    }

    @Test
    void aRunIsSeenInFiguresAndInOneTrace() throws Exception {
        Terraform.orSkip();
        HttpServer collector = collector();
        try (HttpClient http = HttpClient.newHttpClient();
                TestPlatform platform = TestPlatform.start(
                        directory,
                        Map.of(
                                "TERRAFLEET_TRACE_ENDPOINT",
                                "http://127.0.0.1:" + collector.getAddress().getPort()))) {
            TestWorkspace workspace = platform.workspace(platform.organization(), "watched", Map.of("main.tf", MAIN));
            TestRun applied = workspace.startRun(Map.of("auto-apply", true));
            assertThat(applied.untilFinished().status()).as(applied.planLog()).isEqualTo("applied");
            figures(text(http, platform, "/q/metrics"));
            trace(applied.id());

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
        } finally {
            collector.stop(0);
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

    private HttpServer collector() throws IOException {
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            JsonNode all = Json.mapper().readTree(exchange.getRequestBody());
            for (JsonNode resource : all.path("resourceSpans")) {
                String service = resource.path("resource")
                        .findValuesAsText("stringValue")
                        .toString();
                for (JsonNode span : resource.path("scopeSpans").path(0).path("spans")) {
                    told.add(new Told(service, span));
                }
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        return collector;
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

    private void trace(String run) {
        String trace = RunTrace.trace(run);
        Await.until(
                "the run's whole trace",
                PATIENCE,
                () -> names(trace)
                                .containsAll(
                                        List.of("run", "plan_queued", "planning", "applying", "take PlanCompleted"))
                        && services(trace).size() >= 3);
        List<Told> spans = of(trace);
        assertThat(services(trace)).anyMatch(it -> it.contains("policy")).anyMatch(it -> it.contains("cost"));
        assertThat(spans)
                .allSatisfy(each -> assertThat(each.span().path("parentSpanId").asText(RunTrace.root(run)))
                        .isEqualTo(RunTrace.root(run)));
        assertThat(spans.stream().map(each -> each.span().path("spanId").asText()))
                .doesNotHaveDuplicates();
        assertThat(spans.stream().filter(each -> each.name().equals("run"))).hasSize(1);
    }

    private List<Told> of(String trace) {
        return told.stream()
                .filter(each -> each.span().path("traceId").asText().equals(trace))
                .toList();
    }

    private Set<String> names(String trace) {
        return of(trace).stream().map(Told::name).collect(Collectors.toSet());
    }

    private Set<String> services(String trace) {
        return of(trace).stream().map(Told::service).collect(Collectors.toSet());
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
