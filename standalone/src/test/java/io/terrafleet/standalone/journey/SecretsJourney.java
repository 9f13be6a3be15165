package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.RunTrace;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.GitForge;
import io.terrafleet.testkit.SpanReceiver;
import io.terrafleet.testkit.TarGz;
import io.terrafleet.testkit.Terraform;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Two runs, one applied and one that fails, with a secret of each kind; then everything that they leave is searched for them: what the
 * API says, errors, metrics, spans, what was sent to others, every file, every record of every topic, every row. Besides, they can be followed:
 * each run is one trace, and the log's lines say which run they are about.
 */
@SuppressWarnings("NullAway.Init")
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(TestPlatform.OWN)
class SecretsJourney {
    private static final String MAIN =
            """
            variable "secret" {
              sensitive = true
            }
            variable "result" {
              sensitive = true
            }
            resource "terraform_data" "it" {
              input = var.secret
              provisioner "local-exec" { command = "echo ${var.secret}" }
              lifecycle {
                precondition {
                  condition     = %s
                  error_message = "This was to fail."
                }
              }
            }
            resource "terraform_data" "traced" {
              provisioner "local-exec" { command = "echo within $TRACEPARENT" }
            }
            output "sensitive_one" {
              value     = var.result
              sensitive = true
            }
            """;

    private static final String WORKSPACE = "open-name-of-a-workspace";

    @TempDir
    Path directory;

    private final Secrets secrets = new Secrets();
    private final Map<String, String> said = new LinkedHashMap<>();
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private HttpServer receiver;
    private CliCalls calls;
    private String organization;

    @BeforeEach
    void aReceiverOfNotifications() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            sent.add(exchange.getRequestHeaders().entrySet() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        receiver.start();
    }

    @Test
    void noSecretIsLeftAnywhere() throws Exception {
        Terraform.orSkip();
        String run;
        Path forgery = Files.createDirectory(directory.resolve("forge"));
        try (GitForge forge = new GitForge(forgery);
                SpanReceiver spans = new SpanReceiver();
                HttpClient http = HttpClient.newBuilder()
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .build();
                TestPlatform platform = TestPlatform.start(directory, settings(spans))) {
            calls = new CliCalls(platform.url(), platform.api(), http);
            organization = platform.organization();
            secrets.add("administrator's token", TestPlatform.TOKEN);
            TestWorkspace workspace = platform.workspace(
                    organization, WORKSPACE, Map.of("main.tf", MAIN.formatted("var.secret != \"\"")));
            keep(forge, workspace.id());
            TestRun applied = workspace.startRun(Map.of("auto-apply", true));
            assertThat(applied.untilFinished().status()).as(applied.planLog()).isEqualTo("applied");
            TestRun failed = workspace
                    .configured(TarGz.of(Map.of("main.tf", MAIN.formatted("var.secret == \"\""))))
                    .startRun();
            assertThat(failed.untilFinished().status()).isEqualTo("errored");
            Await.until(
                    "both ends are told",
                    Duration.ofMinutes(3),
                    () -> sent.stream().filter(each -> each.contains("run:")).count() >= 2);
            listen(applied, failed, workspace.id());
            traced(spans, applied, failed);
            refused(workspace.id());
            assertThat(secrets.in(platform.api().state(workspace.id())))
                    .as("the state, by the way on which it is asked for: so they were really there")
                    .contains("sensitive variable", "sensitive output");
            run = applied.id();
        } finally {
            receiver.stop(0);
        }
        search();
        logged(run);
    }

    private Map<String, String> settings(SpanReceiver spans) {
        Map<String, String> settings = new TreeMap<>();
        for (String room : List.of("VCS", "OUTBOUND", "NOTIFICATION")) {
            settings.put("TERRAFLEET_" + room + "_ALLOW_PRIVATE_ADDRESSES", "true");
        }
        settings.put("QUARKUS_LOG_CATEGORY__IO_TERRAFLEET__LEVEL", "DEBUG");
        settings.put("QUARKUS_LOG_FILE_JSON_ENABLED", "true");
        settings.put("TERRAFLEET_TRACE_ENDPOINT", spans.base().toString());
        return settings;
    }

    /** One of each kind is given to the platform, or made by it. */
    private void keep(GitForge forge, String workspace) throws Exception {
        variable(workspace, "secret", "terraform", secrets.make("sensitive variable"));
        variable(workspace, "result", "terraform", secrets.make("sensitive output"));
        variable(workspace, "MARKED", "env", secrets.make("environment variable"));
        Map<String, Object> notification = new TreeMap<>(Map.of(
                "name",
                "all",
                "destination-type",
                "generic",
                "enabled",
                true,
                "url",
                "http://127.0.0.1:" + receiver.getAddress().getPort() + "/",
                "triggers",
                List.of("run:completed", "run:errored")));
        notification.put("token", secrets.make("notification's key"));
        create("workspaces/" + workspace + "/notification-configurations", "notification-configurations", notification);
        String key = "-----BEGIN OPENSSH PRIVATE KEY-----\n" + secrets.make("SSH key")
                + "\n-----END OPENSSH PRIVATE KEY-----\n";
        String sshKey = create(
                        "organizations/" + organization + "/ssh-keys", "ssh-keys", Map.of("name", "k", "value", key))
                .path("id")
                .asText();
        calls.send(
                "PATCH",
                "workspaces/" + workspace + "/relationships/ssh-key",
                Map.of("data", Map.of("type", "workspaces", "attributes", Map.of("id", sshKey))));
        create(
                "organizations/" + organization + "/tasks",
                "tasks",
                Map.of(
                        "name",
                        "scan",
                        "category",
                        "task",
                        "url",
                        "http://127.0.0.1:" + receiver.getAddress().getPort() + "/",
                        "hmac-key",
                        secrets.make("run task's key")));
        host(forge);
        String team = calls.api().createTeam(organization, "readers", Map.of());
        secrets.add("team's token", calls.api().createTeamToken(team));
    }

    private void host(GitForge forge) throws Exception {
        secrets.add("host's token", GitForge.TOKEN);
        JsonNode client = create(
                "organizations/" + organization + "/oauth-clients",
                "oauth-clients",
                Map.of(
                        "service-provider",
                        "github_enterprise",
                        "http-url",
                        forge.base().toString(),
                        "api-url",
                        forge.api().toString(),
                        "oauth-token-string",
                        GitForge.TOKEN));
        secrets.add(
                "webhook's secret",
                calls.send("POST", "oauth-clients/" + client.path("id").asText() + "/webhook", Map.of("data", Map.of()))
                        .path("data")
                        .path("attributes")
                        .path("secret")
                        .asText());
    }

    private void variable(String workspace, String key, String category, String value) throws Exception {
        create(
                "workspaces/" + workspace + "/vars",
                "vars",
                Map.of("key", key, "value", value, "category", category, "sensitive", true));
    }

    private JsonNode create(String path, String type, Map<String, Object> attributes) throws Exception {
        return calls.send("POST", path, Map.of("data", Map.of("type", type, "attributes", attributes)))
                .path("data");
    }

    /** What people are shown who may see all of it. */
    private void listen(TestRun applied, TestRun failed, String workspace) throws Exception {
        for (TestRun run : List.of(applied, failed)) {
            String plan = run.now().planId().orElseThrow();
            said.put("log of " + plan, run.planLog());
            for (String path : List.of(
                    "runs/" + run.id() + "?include=plan,workspace",
                    "runs/" + run.id() + "/run-events",
                    "runs/" + run.id() + "/policy-checks",
                    "plans/" + plan)) {
                get(path);
            }
        }
        said.put("log of the apply", applied.applyLog());
        get("plans/" + applied.now().planId().orElseThrow() + "/json-output-redacted");
        for (String path : List.of(
                "workspaces/" + workspace,
                "workspaces/" + workspace + "/vars",
                "workspaces/" + workspace + "/all-vars",
                "workspaces/" + workspace + "/runs",
                "workspaces/" + workspace + "/current-state-version?include=outputs",
                "workspaces/" + workspace + "/current-state-version-outputs",
                "workspaces/" + workspace + "/notification-configurations",
                "organizations/" + organization + "/ssh-keys",
                "organizations/" + organization + "/oauth-clients",
                "organizations/" + organization + "/tasks",
                "organizations/" + organization + "/teams")) {
            get(path);
        }
        said.put("metrics", text("GET", "/q/metrics", "", TestPlatform.TOKEN, 200, 200));
        said.put("health", text("GET", "/q/health", "", TestPlatform.TOKEN, 200, 200));
        for (int i = 0; i < sent.size(); i++) {
            said.put("message " + i + " to others", sent.get(i));
        }
    }

    /** Whatever service did something for a run told it as a part of the run's one trace. */
    private void traced(SpanReceiver spans, TestRun applied, TestRun failed) {
        String trace = RunTrace.trace(new RunId(applied.id()));
        Await.until("the whole trace", Duration.ofMinutes(3), () -> {
            Set<String> told = spans.of(trace).stream()
                    .map(span -> span.service() + ": " + span.name())
                    .collect(Collectors.toSet());
            return told.containsAll(List.of(
                    "api-service: run",
                    "api-service: plan_queued",
                    "run-worker: launch plan",
                    "api-service: planning",
                    "api-service: judging",
                    "policy-service: take PlanCompleted",
                    "cost-service: take PlanCompleted",
                    "api-service: take CostDecided",
                    "api-service: take PolicyDecided",
                    "run-worker: launch apply",
                    "api-service: applying"));
        });
        Map<String, SpanReceiver.Received> byId = new TreeMap<>();
        List<SpanReceiver.Received> all = spans.of(trace);
        all.forEach(span -> byId.put(span.id(), span));
        assertThat(all).as("none is told twice").hasSameSizeAs(byId.values());
        assertThat(byId.values()).allSatisfy(span -> {
            assertThat(span.attribute("terrafleet.run")).isEqualTo(applied.id());
            String parent = span.parent().isEmpty()
                    ? ""
                    : Objects.requireNonNull(byId.get(span.parent()), span.name())
                            .name();
            assertThat(parent)
                    .isEqualTo(
                            switch (span.name()) {
                                case "run" -> "";
                                case "launch plan" -> "plan_queued";
                                case "launch apply" -> "apply_queued";
                                case "take PlanCompleted",
                                        "take PlanPriced",
                                        "take CostDecided",
                                        "take PolicyDecided" -> "judging";
                                default -> parent;
                            });
        });
        Await.until(
                "the failed run's end",
                Duration.ofMinutes(3),
                () -> spans.of(RunTrace.trace(new RunId(failed.id()))).stream()
                        .anyMatch(span -> span.name().equals("run")
                                && span.attribute("terrafleet.status").equals("errored")));
        assertThat(applied.applyLog())
                .as("what a program of the run joins")
                .contains("within 00-" + trace + "-" + RunTrace.phase(JobId.of(applied.id() + "-apply-1")) + "-01");
        assertThat(byId)
                .hasEntrySatisfying(RunTrace.phase(JobId.of(applied.id() + "-apply-1")), span -> assertThat(span.name())
                        .isEqualTo("applying"));
        said.put("spans", spans.text());
        assertThat(said.get("spans")).contains(applied.id()).doesNotContain("signature", "/api/");
    }

    /** One JSON document a line. */
    private void logged(String run) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(directory.resolve("data/log/platform.log"))) {
            lines.add(Json.mapper().readTree(line));
        }
        assertThat(lines).hasSizeGreaterThan(20).allSatisfy(line -> {
            for (String key : List.of("timestamp", "level", "logger", "message", "service")) {
                assertThat(line.path(key).asText()).as("%s of %s", key, line).isNotEmpty();
            }
        });
        for (String logger : List.of(
                "io.terrafleet.api.run.Runs",
                "io.terrafleet.policy.verdict.Verdicts",
                "io.terrafleet.cost.decision.Decisions",
                "io.terrafleet.worker.job.Jobs")) {
            assertThat(lines)
                    .as(logger)
                    .anyMatch(line -> line.path("logger").asText().equals(logger)
                            && line.path("mdc").path("run").asText().equals(run)
                            && line.path("mdc").path("traceId").asText().equals(RunTrace.trace(new RunId(run))));
        }
        assertThat(lines)
                .anyMatch(line -> line.path("mdc").path("phase").asText().equals("apply")
                        && !line.path("mdc").path("workspace").asText().isEmpty());
    }

    private void get(String path) throws Exception {
        said.put(path, text("GET", "/api/v2/" + path, "", TestPlatform.TOKEN, 200, 200));
    }

    /** Requests that cannot be granted, with secrets in them. */
    private void refused(String workspace) throws Exception {
        String value = secrets.make("value in a refused request");
        String vars = "/api/v2/workspaces/" + workspace + "/vars";
        String attributes = "\"key\": \"a\", \"value\": \"" + value + "\", \"sensitive\": true";
        String document = "{\"data\": {\"type\": \"vars\", \"attributes\": {" + attributes;
        error("no category", vars, document + "}}}");
        error("unknown category", vars, document + ", \"category\": \"none\"}}}");
        error("cut off", vars, document);
        error("a list", vars, "[\"" + value + "\"]");
        error(
                "no key",
                "/api/v2/organizations/" + organization + "/ssh-keys",
                "{\"data\": {\"type\": \"ssh-keys\", \"attributes\": {\"name\": \"x\", \"value\": \"" + value
                        + "\"}}}");
        String token = secrets.make("token that is none");
        said.put("a wrong token", text("GET", "/api/v2/account/details", "", token, 401, 401));
    }

    private void error(String name, String path, String body) throws Exception {
        said.put("error: " + name, text("POST", path, body, TestPlatform.TOKEN, 400, 422));
    }

    private String text(String method, String path, String body, String token, int least, int most) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(calls.platform().resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/vnd.api+json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        var response = calls.http().send(request, BodyHandlers.ofString());
        assertThat(response.statusCode())
                .as("%s %s: %s", method, path, response.body())
                .isBetween(least, most);
        return response.headers().map() + "\n" + response.body();
    }

    private void search() throws Exception {
        Remains remains = new Remains(directory.resolve("data"));
        Map<String, List<String>> found = new TreeMap<>();
        said.forEach((name, text) -> note(found, "said: " + name, secrets.in(text)));
        remains.files((name, bytes) -> note(found, "file: " + name, secrets.in(bytes)));
        note(found, "console", secrets.in(Files.readAllBytes(directory.resolve("up.txt"))));
        Map<String, String> tables = remains.tables();
        tables.forEach((name, rows) -> note(found, "table: " + name, secrets.in(rows)));
        Map<String, String> topics = remains.topics();
        topics.forEach((name, records) -> note(found, "topic: " + name, secrets.in(records)));

        assertThat(found).as("where secrets are").isEmpty();
        assertThat(tables.get("api.workspace")).as("what is no secret is found").contains(WORKSPACE);
        assertThat(topics.get("terrafleet.run-requests")).contains(WORKSPACE);
        assertThat(topics).containsKeys("terrafleet.audit-events", "terrafleet.run-events");
        assertThat(said.get("metrics")).contains("terrafleet_run_transitions");
        assertThat(sent).anyMatch(each -> each.contains(WORKSPACE));
    }

    private static void note(Map<String, List<String>> found, String where, List<String> which) {
        if (!which.isEmpty()) {
            found.put(where, which);
        }
    }
}
