package io.terrafleet.api.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.access.Role;
import io.terrafleet.api.artifact.Artifacts;
import io.terrafleet.api.configuration.Configurations;
import io.terrafleet.api.configuration.NewConfiguration;
import io.terrafleet.api.run.NewRun;
import io.terrafleet.api.run.PlanOutcome;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.RunInput;
import io.terrafleet.api.run.RunState;
import io.terrafleet.api.run.Runs;
import io.terrafleet.api.task.TaskSignature;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Phase;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.event.Verdict;
import io.terrafleet.contracts.runner.PhaseResult;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.PlatformResource;
import io.terrafleet.testkit.TarGz;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class TaskStageIT {
    private static final String KEY = "very secret";

    @Inject
    Tenant tenant;

    @Inject
    Configurations configurations;

    @Inject
    Runs runs;

    @Inject
    Artifacts artifacts;

    Tenant.Company company;
    Workspace workspace;
    TaskServer server;

    @BeforeEach
    void aWorkspaceWithAConfiguration() throws IOException {
        company = tenant.company();
        workspace = tenant.workspace(company);
        server = new TaskServer();
        var promised = configurations.create(
                company.owner().principal(), workspace.id(), new NewConfiguration(false, false, false, "tfe-api"));
        configurations.upload(
                promised.configuration().id(),
                promised.key(),
                new ByteArrayInputStream(TarGz.of(Map.of("main.tf", "output \"x\" { value = 1 }"))));
    }

    @AfterEach
    void nobodyListens() {
        server.close();
    }

    private ValidatableResponse post(String path, String body) {
        return company.owner().asks().body(body).post("/api/v2/" + path).then();
    }

    private ValidatableResponse get(String path) {
        return company.owner().asks().get("/api/v2/" + path).then();
    }

    private String task(String name, String url) {
        return post(
                        "organizations/" + company.name() + "/tasks",
                        "{\"data\":{\"type\":\"tasks\",\"attributes\":{\"name\":\"" + name + "\",\"url\":\"" + url
                                + "\",\"category\":\"task\",\"hmac-key\":\"" + KEY + "\"}}}")
                .statusCode(201)
                .body("data.attributes.hmac-key", equalTo(null))
                .extract()
                .path("data.id");
    }

    private ValidatableResponse attach(String task, String level, String stages) {
        return post(
                "workspaces/" + workspace.id() + "/tasks",
                "{\"data\":{\"type\":\"workspace-tasks\",\"attributes\":{\"enforcement-level\":\"" + level
                        + "\",\"stages\":[" + stages
                        + "]},\"relationships\":{\"task\":{\"data\":{\"type\":\"tasks\",\"id\":\""
                        + task + "\"}}}}}");
    }

    private RunId started() {
        return runs.create(new NewRun(
                        workspace.id(),
                        Optional.empty(),
                        false,
                        Optional.of(true),
                        false,
                        true,
                        false,
                        List.of(),
                        List.of(),
                        false,
                        false,
                        Optional.empty(),
                        "with tasks",
                        List.of(),
                        "tfe-api",
                        company.owner().principal().id(),
                        "ada"))
                .id();
    }

    private Run run(RunId id) {
        return runs.find(id).orElseThrow();
    }

    private JsonNode asked(String stage) {
        Await.until("the task is asked", Duration.ofSeconds(10), () -> !server.sent(stage)
                .isEmpty());
        return server.sent(stage).getLast().json();
    }

    private int answer(JsonNode asked, String status, String message) {
        String address = asked.path("task_result_callback_url").asText();
        return RestAssured.given()
                .urlEncodingEnabled(false)
                .header("Authorization", "Bearer " + asked.path("access_token").asText())
                .contentType("application/vnd.api+json")
                .body("{\"data\":{\"type\":\"task-results\",\"attributes\":{\"status\":\"" + status
                        + "\",\"message\":\""
                        + message
                        + "\",\"url\":\"https://example.com/1\"},\"relationships\":{\"outcomes\":{\"data\":[{\"type\":\"task-result-outcomes\",\"attributes\":{\"outcome-id\":\"A-1\",\"description\":\"open"
                        + " port\"}}]}}}}")
                .patch(address.substring(address.indexOf("/api/")))
                .statusCode();
    }

    private void planned(RunId id) {
        ArtifactRef json = artifacts.store("{\"plan\":true}".getBytes(StandardCharsets.UTF_8));
        PlanOutcome outcome =
                new PlanOutcome(json, json, json, Optional.empty(), true, new PhaseResult.Counts(1, 0, 0, 0));
        JobId job = new JobId(id, Phase.PLAN, 1);
        runs.claimed(job, "1.11.4");
        runs.accept(id, new RunInput.PlanFinished(job, outcome));
        runs.accept(id, new RunInput.CostDecided(json.sha256(), Verdict.APPROVE, List.of()));
        runs.accept(id, new RunInput.PolicyDecided(json.sha256(), Verdict.APPROVE, List.of()));
    }

    @Test
    void aRunMeetsItsTasksAtAllFourStages() {
        String task = task("scan", server.url());
        attach(task, "mandatory", "\"pre_plan\",\"post_plan\",\"pre_apply\",\"post_apply\"")
                .statusCode(201);
        RunId id = started();
        get("runs/" + id)
                .body("data.attributes.status", equalTo("pre_plan_running"))
                .body("data.relationships.task-stages.data", hasSize(4));

        JsonNode first = asked("pre_plan");
        TaskServer.Sent sent = server.sent("pre_plan").getLast();
        assertThat(sent.signature())
                .isEqualTo(TaskSignature.of(KEY, sent.body().getBytes(StandardCharsets.UTF_8)))
                .hasSize(128);
        assertThat(first.path("payload_version").asInt()).isEqualTo(1);
        assertThat(first.path("workspace_id").asText()).isEqualTo(workspace.id().value());
        assertThat(first.path("task_result_enforcement_level").asText()).isEqualTo("mandatory");
        assertThat(first.has("plan_json_api_url")).isFalse();
        assertThat(answer(first, "running", "half way")).isEqualTo(200);
        assertThat(run(id).state()).isInstanceOf(RunState.PrePlanTasks.class);
        assertThat(answer(first, "passed", "fine")).isEqualTo(200);
        assertThat(answer(first, "failed", "too late")).isEqualTo(409);
        assertThat(run(id).state()).isInstanceOf(RunState.PlanQueued.class);

        planned(id);
        assertThat(run(id).status()).isEqualTo("post_plan_running");
        JsonNode second = asked("post_plan");
        String plan = second.path("plan_json_api_url").asText();
        String token = second.path("access_token").asText();
        reads(plan, token, 200);
        reads(second.path("configuration_version_download_url").asText(), token, 200);
        reads("/api/v2/workspaces/" + workspace.id(), token, 401);
        reads("/api/v2/runs/" + id, token, 401);
        Run other = run(started());
        get("plans/" + other.sibling("plan")).statusCode(200);
        reads("/api/v2/plans/" + other.sibling("plan") + "/json-output", token, 401);
        RestAssured.given()
                .header("Authorization", "Bearer " + token)
                .contentType("application/vnd.api+json")
                .body("{}")
                .post("/api/v2/runs/" + id + "/actions/discard")
                .then()
                .statusCode(401);
        String stage = get("task-stages/ts" + id.value().substring(3) + "?include=task_results,policy_evaluations")
                .statusCode(200)
                .body("data.attributes.stage", equalTo("post_plan"))
                .body("included", hasSize(2))
                .body("included[0].attributes.task-name", equalTo("scan"))
                .body("included[0].attributes.workspace-task-enforcement-level", equalTo("mandatory"))
                .extract()
                .path("included[0].id");
        assertThat(answer(second, "passed", "fine")).isEqualTo(200);
        get("task-results/" + stage)
                .statusCode(200)
                .body("data.attributes.status", equalTo("passed"))
                .body("data.attributes.message", equalTo("fine"));
        get("task-results/" + stage + "/outcomes")
                .statusCode(200)
                .body("data[0].attributes.description", equalTo("open port"));
        reads(plan, token, 401);

        assertThat(run(id).state()).isInstanceOf(RunState.PreApplyTasks.class);
        assertThat(answer(asked("pre_apply"), "passed", "go")).isEqualTo(200);
        JobId apply = new JobId(id, Phase.APPLY, 1);
        runs.claimed(apply, "1.11.4");
        runs.accept(id, new RunInput.ApplyFinished(apply, new PhaseResult.Counts(1, 0, 0, 0)));
        assertThat(run(id).status()).isEqualTo("post_apply_running");
        assertThat(answer(asked("post_apply"), "failed", "cannot be undone")).isEqualTo(200);
        assertThat(run(id).status()).isEqualTo("applied");
        assertThat(run(id).timestamps())
                .containsKeys(
                        "pre-plan-completed-at", "post-plan-completed-at", "pre-apply-completed-at", "applied-at");
        get("runs/" + id + "/task-stages")
                .body("data.attributes.stage", equalTo(List.of("pre_plan", "post_plan", "pre_apply", "post_apply")));
        assertThat(server.sent("test")).hasSize(1);
    }

    private static void reads(String address, String token, int status) {
        RestAssured.given()
                .urlEncodingEnabled(false)
                .header("Authorization", "Bearer " + token)
                .get(address.substring(address.indexOf("/api/")))
                .then()
                .statusCode(status);
    }

    @Test
    void aMandatoryTaskThatFailsStopsTheRunAndAnAdvisoryOneDoesNot() {
        attach(task("must", server.url()), "mandatory", "\"pre_plan\"").statusCode(201);
        RunId stopped = started();
        assertThat(answer(asked("pre_plan"), "failed", "3 findings")).isEqualTo(200);
        assertThat(run(stopped).status()).isEqualTo("errored");
        get("runs/" + stopped)
                .body("data.attributes.reasons[0]", containsString("must (mandatory) failed: 3 findings"));

        workspace = tenant.workspace(company);
        attach(task("may", server.url()), "advisory", "\"pre_plan\"").statusCode(201);
        var promised = configurations.create(
                company.owner().principal(), workspace.id(), new NewConfiguration(false, false, false, "tfe-api"));
        configurations.upload(
                promised.configuration().id(),
                promised.key(),
                new ByteArrayInputStream(TarGz.of(Map.of("main.tf", ""))));
        RunId goes = started();
        Await.until(
                "asked again",
                Duration.ofSeconds(10),
                () -> server.sent("pre_plan").size() > 1);
        assertThat(answer(server.sent("pre_plan").getLast().json(), "failed", "a smell"))
                .isEqualTo(200);
        assertThat(run(goes).status()).isEqualTo("plan_queued");
    }

    @Test
    void aTaskIsAskedAgainAndGivenUpInTheEnd() {
        attach(task("shaky", server.url()), "mandatory", "\"pre_plan\"").statusCode(201);
        server.refuseNext(1);
        RunId id = started();
        Await.until(
                "asked twice",
                Duration.ofSeconds(20),
                () -> server.sent("pre_plan").size() == 2);
        JsonNode old = server.sent("pre_plan").getFirst().json();
        assertThat(answer(old, "passed", "with an old token")).isEqualTo(404);
        assertThat(run(id).status()).isEqualTo("pre_plan_running");
        company.owner()
                .asks()
                .body("{}")
                .post("/api/v2/runs/" + id + "/actions/cancel")
                .then()
                .statusCode(202);
        assertThat(run(id).status()).isEqualTo("canceled");
        assertThat(answer(server.sent("pre_plan").getLast().json(), "passed", "nobody waits"))
                .isEqualTo(409);
        String stage = run(id).taskStages().getFirst();
        get("task-stages/" + stage + "?include=task_results")
                .body("data.attributes.status", equalTo("canceled"))
                .body("data.attributes.status-timestamps.canceled-at", notNullValue())
                .body("included[0].attributes.is-speculative", equalTo(false))
                .body("included[0].attributes.status", equalTo("canceled"));
    }

    @Test
    void aGlobalTaskIsMetByEveryWorkspace() {
        String task = task("everywhere", server.url());
        company.owner()
                .asks()
                .body(
                        "{\"data\":{\"attributes\":{\"global-configuration\":{\"enabled\":true,\"stages\":[\"pre_plan\"],\"enforcement-level\":\"advisory\"}}}}")
                .patch("/api/v2/tasks/" + task)
                .then()
                .statusCode(200)
                .body("data.attributes.global-configuration.enabled", equalTo(true));
        RunId id = started();
        assertThat(run(id).status()).isEqualTo("pre_plan_running");
        assertThat(asked("pre_plan").path("task_result_enforcement_level").asText())
                .isEqualTo("advisory");
    }

    @Test
    void tasksAreKeptWithCare() {
        String all = "organizations/" + company.name() + "/tasks";
        post(all, "{\"data\":{\"attributes\":{\"name\":\"a b\",\"url\":\"" + server.url() + "\"}}}")
                .statusCode(422)
                .body("errors[0].source.pointer", equalTo("/data/attributes/name"));
        post(all, "{\"data\":{\"attributes\":{\"name\":\"x\",\"url\":\"ftp://example.com\"}}}")
                .statusCode(422)
                .body("errors[0].source.pointer", equalTo("/data/attributes/url"));
        server.refuseNext(1);
        post(all, "{\"data\":{\"attributes\":{\"name\":\"x\",\"url\":\"" + server.url() + "\"}}}")
                .statusCode(422)
                .body("errors[0].detail", containsString("answered 500"));
        String task = task("scan", server.url());
        attach(task, "sometimes", "\"pre_plan\"").statusCode(422);
        attach(task, "advisory", "\"later\"").statusCode(422);
        String attached = attach(task, "advisory", "\"pre_plan\"")
                .statusCode(201)
                .extract()
                .path("data.id");
        attach(task, "advisory", "\"pre_plan\"").statusCode(422);
        String one = "workspaces/" + workspace.id() + "/tasks/" + attached;
        company.owner()
                .asks()
                .body("{\"data\":{\"attributes\":{\"enforcement-level\":\"mandatory\"}}}")
                .patch("/api/v2/" + one)
                .then()
                .statusCode(200)
                .body("data.attributes.enforcement-level", equalTo("mandatory"))
                .body("data.attributes.stages[0]", equalTo("pre_plan"));
        tenant.person().asks().get("/api/v2/tasks/" + task).then().statusCode(404);
        tenant.person().asks().get("/api/v2/" + one).then().statusCode(404);
        Tenant.Person reader = tenant.member(company, Role.READER);
        reader.asks().get("/api/v2/tasks/" + task).then().statusCode(200);
        reader.asks().delete("/api/v2/tasks/" + task).then().statusCode(403);
        company.owner().asks().delete("/api/v2/" + one).then().statusCode(204);
        company.owner().asks().delete("/api/v2/tasks/" + task).then().statusCode(204);
        get("tasks/" + task).statusCode(404);
    }
}
