package io.terrafleet.api.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.terrafleet.api.RunTaker;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.Tenant.Company;
import io.terrafleet.api.Tenant.Person;
import io.terrafleet.api.access.Role;
import io.terrafleet.api.access.WorkspaceAccess;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.RunReading;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.contracts.RunId;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class RunTriggerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    Tenant tenant;

    @Inject
    RunTaker taker;

    @Inject
    RunReading runs;

    private Company company;
    private Person owner;
    private Workspace network;
    private Workspace app;

    @BeforeEach
    void makeWorkspaces() {
        company = tenant.company();
        owner = company.owner();
        network = tenant.workspace(company);
        app = tenant.workspace(company);
    }

    @Test
    void aTriggerIsMadeShownListedAndDeleted() {
        String id = create(app, network);
        owner.asks()
                .get("/api/v2/run-triggers/" + id + "?include=workspace,sourceable")
                .then()
                .statusCode(200)
                .body("data.type", equalTo("run-triggers"))
                .body("data.attributes.workspace-name", equalTo(app.name()))
                .body("data.attributes.sourceable-name", equalTo(network.name()))
                .body(
                        "data.relationships.sourceable.data.id",
                        equalTo(network.id().value()))
                .body("included", hasSize(2));
        list(app, "inbound").body("data.id", contains(id));
        list(app, "outbound").body("data", empty());
        list(network, "outbound").body("data.id", contains(id));
        owner.asks().delete("/api/v2/run-triggers/" + id).then().statusCode(204);
        owner.asks().get("/api/v2/run-triggers/" + id).then().statusCode(404);
    }

    @Test
    void anApplyStartsARunDownstream() {
        create(app, network);
        taker.configure(company, network);
        taker.configure(company, app);
        RunId cause = taker.queued(company, network);
        taker.plan(cause);
        assertThat(runsOf(app)).isEmpty();
        taker.apply(cause);
        Await.until("the downstream run", PATIENCE, () -> !runsOf(app).isEmpty());
        Run started = runsOf(app).getFirst();
        assertThat(started.source()).isEqualTo("tfe-run-trigger");
        assertThat(started.message()).contains(network.name()).contains(cause.value());
        assertThat(started.createdByName()).isEqualTo("mara");
        assertThat(started.options().autoApply()).isFalse();
        owner.asks()
                .get("/api/v2/runs/" + started.id() + "?include=triggering_run,triggering_source")
                .then()
                .statusCode(200)
                .body("data.attributes.trigger-reason", equalTo("run_trigger"))
                .body("data.attributes.triggering-source-name", equalTo(network.name()))
                .body("data.relationships.triggering-run.data.id", equalTo(cause.value()))
                .body(
                        "data.relationships.triggering-source.data.id",
                        equalTo(network.id().value()))
                .body(
                        "included.id",
                        containsInAnyOrder(cause.value(), network.id().value()));
        owner.asks()
                .get("/api/v2/runs/" + cause)
                .then()
                .body("data.attributes.triggering-source-name", nullValue())
                .body("data.relationships.triggering-run.data", nullValue());
        tenant.guest(company, app, WorkspaceAccess.READ)
                .asks()
                .get("/api/v2/runs/" + started.id())
                .then()
                .statusCode(200)
                .body("data.attributes.triggering-source-name", nullValue())
                .body("data.relationships.triggering-run.data", nullValue());
    }

    @Test
    void theDownstreamWorkspaceSaysWhetherItIsApplied() {
        create(app, network);
        taker.configure(company, network);
        taker.configure(company, app);
        owner.asks()
                .body("{\"data\":{\"attributes\":{\"auto-apply-run-trigger\":true}}}")
                .patch("/api/v2/workspaces/" + app.id())
                .then()
                .statusCode(200)
                .body("data.attributes.auto-apply-run-trigger", equalTo(true));
        RunId cause = taker.queued(company, network);
        taker.plan(cause);
        taker.apply(cause);
        Await.until("the downstream run", PATIENCE, () -> !runsOf(app).isEmpty());
        assertThat(runsOf(app).getFirst().options().autoApply()).isTrue();
    }

    @Test
    void aWorkspaceWithoutConfigurationIsPassedOver() {
        create(app, network);
        Workspace other = tenant.workspace(company);
        create(other, network);
        taker.configure(company, network);
        taker.configure(company, other);
        RunId cause = taker.queued(company, network);
        taker.plan(cause);
        taker.apply(cause);
        Await.until("the run of the other", PATIENCE, () -> !runsOf(other).isEmpty());
        assertThat(runsOf(app)).isEmpty();
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        create(app, network);
        refused(app, network.id().value(), 422);
        refused(app, app.id().value(), 422);
        refused(app, tenant.workspace(tenant.company()).id().value(), 404);
        owner.asks().body("{}").post(address(app)).then().statusCode(422);
        owner.asks().get(address(app)).then().statusCode(400);
        owner.asks()
                .get(address(app) + "?filter[run-trigger][type]=inbound&include=team")
                .then()
                .statusCode(400)
                .body("errors[0].detail", equalTo("Invalid include parameter"));
    }

    @Test
    void whoMayOnlyReadChangesNothing() {
        String id = create(app, network);
        Person reader = tenant.member(company, Role.READER);
        reader.asks().get("/api/v2/run-triggers/" + id).then().statusCode(200);
        reader.asks().delete("/api/v2/run-triggers/" + id).then().statusCode(403);
        tenant.company().owner().asks().get("/api/v2/run-triggers/" + id).then().statusCode(404);
    }

    @Test
    void aTriggerIsSeenByWhoSeesBothItsEnds() {
        String id = create(app, network);
        Person guest = tenant.guest(company, app, WorkspaceAccess.ADMIN);
        guest.asks().get("/api/v2/run-triggers/" + id).then().statusCode(404);
        guest.asks()
                .get(address(app) + "?filter[run-trigger][type]=inbound&include=sourceable")
                .then()
                .statusCode(200)
                .body("data", empty())
                .body("included", nullValue());
        guest.asks().body(body(network.id().value())).post(address(app)).then().statusCode(404);
        guest.asks().delete("/api/v2/run-triggers/" + id).then().statusCode(204);
    }

    private List<Run> runsOf(Workspace workspace) {
        return runs.ofWorkspace(workspace.id(), Map.of(), new Page(1, 20)).runs();
    }

    private io.restassured.response.ValidatableResponse list(Workspace workspace, String type) {
        return owner.asks()
                .get(address(workspace) + "?filter[run-trigger][type]=" + type)
                .then()
                .statusCode(200);
    }

    private void refused(Workspace workspace, String source, int status) {
        owner.asks().body(body(source)).post(address(workspace)).then().statusCode(status);
    }

    private String create(Workspace workspace, Workspace source) {
        return owner.asks()
                .body(body(source.id().value()))
                .post(address(workspace))
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
    }

    private static String body(String source) {
        return "{\"data\":{\"relationships\":{\"sourceable\":{\"data\":{\"type\":\"workspaces\",\"id\":\"" + source
                + "\"}}}}}";
    }

    private static String address(Workspace workspace) {
        return "/api/v2/workspaces/" + workspace.id() + "/run-triggers";
    }
}
