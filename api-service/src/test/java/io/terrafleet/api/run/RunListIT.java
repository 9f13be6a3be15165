package io.terrafleet.api.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.terrafleet.api.RunTaker;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.Tenant.Company;
import io.terrafleet.api.Tenant.Person;
import io.terrafleet.api.access.Role;
import io.terrafleet.api.access.WorkspaceAccess;
import io.terrafleet.api.state.States;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.RunId;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What can be asked of many runs, said about one, and done to the queue. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class RunListIT {
    @Inject
    Tenant tenant;

    @Inject
    RunTaker taker;

    @Inject
    Workspaces workspaces;

    @Inject
    States states;

    @Inject
    AutomaticDestruction destruction;

    @Inject
    Runs runs;

    private Company company;
    private Person owner;
    private Workspace workspace;

    @BeforeEach
    void makeWorkspace() {
        company = tenant.company();
        owner = company.owner();
        workspace = tenant.workspace(company);
        taker.configure(company, workspace);
    }

    @Test
    void runsAreFilteredByWhatTheyAre() {
        RunId applied = taker.queued(company, workspace);
        taker.plan(applied);
        taker.apply(applied);
        RunId planned = taker.queued(company, workspace);
        taker.plan(planned);
        String speculative = post("\"plan-only\":true,\"message\":\"only a look\"");
        String destroying = post("\"is-destroy\":true");
        listed("").body("data.id", contains(destroying, planned.value(), applied.value()));
        listed("?filter[operation]=plan_only,plan_and_apply,destroy")
                .body("data.id", contains(destroying, speculative, planned.value(), applied.value()));
        listed("?filter[operation]=plan_only").body("data.id", contains(speculative));
        listed("?filter[operation]=destroy").body("data.id", contains(destroying));
        listed("?filter[operation]=plan_and_apply").body("data.id", contains(planned.value(), applied.value()));
        listed("?filter[operation]=refresh_only,empty_apply").body("data", empty());
        listed("?filter[operation]=nonsense").body("data", empty());
        listed("?filter[status_group]=final").body("data.id", contains(applied.value()));
        listed("?filter[status_group]=non_final&filter[operation]=plan_and_apply")
                .body("data.id", contains(planned.value()));
        listed("?filter[status]=applied,pending").body("data.id", contains(destroying, applied.value()));
        listed("?search[basic]=LOOK").body("data", empty());
        listed("?search[basic]=LOOK&filter[operation]=plan_only").body("data.id", contains(speculative));
        listed("?search[basic]=" + planned).body("data.id", contains(planned.value()));
        listed("?search[user]=mara").body("data.id", contains(planned.value(), applied.value()));
        listed("?page[size]=1&page[number]=2")
                .body("data.id", contains(planned.value()))
                .body("meta.pagination.total-count", equalTo(3));
    }

    @Test
    void whatBelongsToRunsComesAlong() {
        RunId run = taker.queued(company, workspace);
        owner.asks()
                .get("/api/v2/runs/" + run + "?include=created_by,configuration_version,plan,confirmed_by")
                .then()
                .statusCode(200)
                .body("included.type", contains("users", "configuration-versions", "plans"));
        taker.queued(company, workspace);
        listed("?include=created_by,plan").body("included.type", contains("users", "plans", "plans"));
        owner.asks()
                .get("/api/v2/workspaces/" + workspace.id() + "?include=current_run.plan,current_configuration_version")
                .then()
                .statusCode(200)
                .body("data.relationships.current-run.data.id", equalTo(run.value()))
                .body("included.type", containsInAnyOrder("runs", "plans", "configuration-versions"));
        owner.asks()
                .get("/api/v2/runs/" + run + "?include=nonsense")
                .then()
                .statusCode(400)
                .body("errors[0].detail", equalTo("Invalid include parameter"));
    }

    @Test
    void anOrganizationsRunsAreFilteredByWorkspace() {
        Workspace other = tenant.workspace(company);
        taker.configure(company, other);
        RunId here = taker.queued(company, workspace);
        RunId there = taker.queued(company, other);
        String all = "/api/v2/organizations/" + company.name() + "/runs";
        owner.asks().get(all).then().body("data.id", contains(there.value(), here.value()));
        owner.asks()
                .get(all + "?filter[workspace_names]=" + workspace.name())
                .then()
                .body("data.id", contains(here.value()));
        owner.asks().get(all + "?filter[workspace_names]=nobody").then().body("data", empty());
        owner.asks()
                .get(all + "?page[size]=1")
                .then()
                .body("data.id", contains(there.value()))
                .body("meta.pagination.next-page", equalTo(2))
                .body("meta.pagination.total-count", nullValue());
        owner.asks()
                .get(all + "?page[size]=1&page[number]=2")
                .then()
                .body("data.id", contains(here.value()))
                .body("meta.pagination.prev-page", equalTo(1))
                .body("meta.pagination.next-page", nullValue());
        owner.asks().get(all + "?filter[timeframe]=year").then().body("data.id", contains(there.value(), here.value()));
        owner.asks().get(all + "?filter[timeframe]=1999").then().body("data", empty());
        owner.asks().get(all + "?filter[timeframe]=soon").then().statusCode(400);
        owner.asks().get(all + "?search[commit]=abcdef0").then().body("data", empty());
    }

    @Test
    void whoHoldsAWorkspaceIsIncluded() {
        RunId run = taker.queued(company, workspace);
        String shown = "/api/v2/workspaces/" + workspace.id() + "?include=locked_by";
        owner.asks()
                .get(shown)
                .then()
                .body("data.relationships.locked-by.data.id", equalTo(run.value()))
                .body("included.type", contains("runs"))
                .body("included.id", contains(run.value()));
        taker.plan(run);
        taker.apply(run);
        owner.asks()
                .post("/api/v2/workspaces/" + workspace.id() + "/actions/lock")
                .then()
                .statusCode(200);
        owner.asks()
                .get(shown)
                .then()
                .body("included.type", contains("users"))
                .body("included.id", contains(owner.principal().id()));
    }

    @Test
    void workspacesAreFilteredByWhereTheirCurrentRunStands() {
        Workspace other = tenant.workspace(company);
        RunId run = taker.queued(company, workspace);
        String all = "/api/v2/organizations/" + company.name() + "/workspaces";
        owner.asks()
                .get(all + "?filter[current-run][status]=plan_queued")
                .then()
                .body("data.id", contains(workspace.id().value()));
        taker.plan(run);
        taker.apply(run);
        owner.asks()
                .get(all + "?filter[current-run][status]=errored,applied")
                .then()
                .body("data.id", contains(workspace.id().value()));
        owner.asks()
                .get(all + "?filter[current-run][status]=plan_queued")
                .then()
                .body("data", empty());
        assertThat(workspaces.find(other.id()).orElseThrow().currentRun()).isEmpty();
    }

    @Test
    void whatWaitsForAPersonIsNotInTheWayOfDeadlines() {
        RunId confirmable = taker.queued(company, workspace);
        taker.plan(confirmable);
        Workspace other = tenant.workspace(company);
        taker.configure(company, other);
        RunId queued = taker.queued(company, other);
        assertThat(runs.idleSince(taker.find(queued).state().since().plusSeconds(60)))
                .isNotEmpty()
                .doesNotContain(confirmable);
    }

    @Test
    void aRunIsCommentedOn() {
        String run = "/api/v2/runs/" + taker.queued(company, workspace);
        String id = owner.asks()
                .body("{\"data\":{\"type\":\"comments\",\"attributes\":{\"body\":\"looks right\"}}}")
                .post(run + "/comments")
                .then()
                .statusCode(201)
                .body("data.type", equalTo("comments"))
                .extract()
                .path("data.id");
        owner.asks().get(run + "/comments").then().body("data.attributes.body", contains("looks right"));
        owner.asks().get("/api/v2/comments/" + id).then().body("data.attributes.body", equalTo("looks right"));
        owner.asks()
                .body("{\"data\":{\"attributes\":{}}}")
                .post(run + "/comments")
                .then()
                .statusCode(422);
        Person reader = tenant.member(company, Role.READER);
        reader.asks().get(run + "/comments").then().statusCode(200);
        reader.asks()
                .body("{\"data\":{\"attributes\":{\"body\":\"x\"}}}")
                .post(run + "/comments")
                .then()
                .statusCode(403);
        tenant.company().owner().asks().get("/api/v2/comments/" + id).then().statusCode(404);
    }

    @Test
    void aWaitingRunIsForcedPastThoseThatWaitForPeople() {
        RunId first = taker.queued(company, workspace);
        taker.plan(first);
        RunId second = taker.queued(company, workspace);
        RunId third = taker.queued(company, workspace);
        force(third).statusCode(202);
        assertThat(taker.find(first).status()).isEqualTo("discarded");
        assertThat(taker.find(second).status()).isEqualTo("canceled");
        assertThat(taker.find(third).status()).isEqualTo("plan_queued");
        String event = owner.asks()
                .get("/api/v2/runs/" + third + "/run-events")
                .then()
                .body("data.attributes.action", hasItem("force_executed"))
                .extract()
                .path("data[0].id");
        owner.asks().get("/api/v2/run-events/" + event).then().body("data.id", equalTo(event));
        tenant.company()
                .owner()
                .asks()
                .get("/api/v2/run-events/" + event)
                .then()
                .statusCode(404);
    }

    @Test
    void aRunAtWorkIsNotForcedAway() {
        RunId first = taker.queued(company, workspace);
        RunId second = taker.queued(company, workspace);
        force(second).statusCode(409);
        force(first).statusCode(409);
        assertThat(taker.find(first).status()).isEqualTo("plan_queued");
        assertThat(taker.find(second).status()).isEqualTo("pending");
    }

    @Test
    void whoSeesOneWorkspaceListsItsRunsAndBringsOnlyWhatTheyMayRead() {
        RunId run = taker.queued(company, workspace);
        Workspace other = tenant.workspace(company);
        taker.configure(company, other);
        RunId hidden = taker.queued(company, other);
        states.recordFromRun(
                workspace.id(),
                run,
                "{\"version\":4,\"terraform_version\":\"1.11.4\",\"serial\":1,\"lineage\":\"l\",\"outputs\":{},\"resources\":[]}"
                        .getBytes(StandardCharsets.UTF_8));
        Person guest = tenant.guest(company, workspace, WorkspaceAccess.CUSTOM);
        String list = "/api/v2/organizations/" + company.name() + "/runs?filter[status_group]=non_final";
        owner.asks().get(list).then().body("data.id", hasSize(2));
        guest.asks()
                .get(list)
                .then()
                .statusCode(200)
                .body("data.id", contains(run.value()))
                .body("meta.pagination.next-page", nullValue());
        guest.asks()
                .get(list + "&filter[workspace_names]=" + other.name())
                .then()
                .body("data", hasSize(0));
        guest.asks()
                .get("/api/v2/workspaces/" + workspace.id() + "?include=current_run,outputs,current-state-version")
                .then()
                .statusCode(200)
                .body("included.type", contains("runs"));
        guest.asks().get("/api/v2/runs/" + hidden.value() + "/comments").then().statusCode(404);
    }

    @Test
    void aWorkspaceBringsWhatIsAskedForBesideIt() {
        RunId run = taker.queued(company, workspace);
        String state = "{\"version\":4,\"terraform_version\":\"1.11.4\",\"serial\":1,\"lineage\":\"l\","
                + "\"outputs\":{\"x\":{\"value\":1,\"type\":\"number\"},\"p\":{\"value\":\"hunter2\",\"type\":\"string\",\"sensitive\":true}},"
                + "\"resources\":[]}";
        states.recordFromRun(workspace.id(), run, state.getBytes(StandardCharsets.UTF_8));
        String shown = owner.asks()
                .get("/api/v2/workspaces/" + workspace.id()
                        + "?include=current_run,outputs,readme,current-state-version,locked_by")
                .then()
                .statusCode(200)
                .body("data.relationships.current-run.data.id", equalTo(run.value()))
                .body("data.relationships.outputs.data.type", contains("workspace-outputs", "workspace-outputs"))
                .body("data.relationships.current-state-version.data.type", equalTo("state-versions"))
                .body("included.find { it.type == 'runs' }.id", equalTo(run.value()))
                .body("included.find { it.attributes.name == 'x' }.attributes.value", equalTo(1))
                .body("included.find { it.attributes.name == 'p' }.attributes.value", nullValue())
                .body(
                        "included.find { it.type == 'workspace-readme' }.attributes.raw-markdown",
                        equalTo("# A configuration\n"))
                .extract()
                .asString();
        assertThat(shown).doesNotContain("hunter2");
        owner.asks()
                .get("/api/v2/organizations/" + company.name() + "/workspaces?include=current_run")
                .then()
                .body("included.id", contains(run.value()));
        owner.asks()
                .get("/api/v2/workspaces/" + workspace.id() + "?include=everything")
                .then()
                .statusCode(400);
    }

    @Test
    void aWorkspaceIsDestroyedWhenItsTimeHasCome() {
        owner.asks()
                .body("{\"data\":{\"attributes\":{\"auto-destroy-at\":\"2020-01-01T00:00:00Z\"}}}")
                .patch("/api/v2/workspaces/" + workspace.id())
                .then()
                .statusCode(200);
        destruction.lookForDue();
        destruction.lookForDue();
        listed("")
                .body("data.attributes.is-destroy", contains(true))
                .body("data.attributes.auto-apply", contains(true))
                .body("data.attributes.source", contains("tfe-infrastructure-lifecycle"))
                .body("data[0].relationships.created-by.data", nullValue());
        owner.asks()
                .get("/api/v2/workspaces/" + workspace.id())
                .then()
                .body("data.attributes.auto-destroy-at", nullValue())
                .body("data.attributes.auto-destroy-status", equalTo("planned"));
    }

    @Test
    void aWorkspaceThatCannotBeDestroyedSaysSo() {
        Workspace bare = tenant.workspace(company);
        owner.asks()
                .body("{\"data\":{\"attributes\":{\"auto-destroy-at\":\"2020-01-01T00:00:00Z\"}}}")
                .patch("/api/v2/workspaces/" + bare.id())
                .then()
                .statusCode(200);
        destruction.lookForDue();
        assertThat(workspaces.find(bare.id()).orElseThrow().traits().autoDestroyStatus())
                .isEqualTo("errored");
        assertThat(workspaces.find(bare.id()).orElseThrow().traits().autoDestroyAt())
                .isEmpty();
    }

    private ValidatableResponse force(RunId run) {
        return owner.asks()
                .body("{}")
                .post("/api/v2/runs/" + run + "/actions/force-execute")
                .then();
    }

    private ValidatableResponse listed(String query) {
        return owner.asks()
                .get("/api/v2/workspaces/" + workspace.id() + "/runs" + query)
                .then()
                .statusCode(200);
    }

    private String post(String attributes) {
        return owner.asks()
                .body("{\"data\":{\"attributes\":{" + attributes
                        + "},\"relationships\":{\"workspace\":{\"data\":{\"type\":\"workspaces\",\"id\":\""
                        + workspace.id() + "\"}}}}}")
                .post("/api/v2/runs")
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
    }
}
