package io.terrafleet.api.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.access.Role;
import io.terrafleet.api.access.WorkspaceAccess;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.WorkspaceLocks;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.RunId;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.util.Base64;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class StateIT {
    @Inject
    Tenant tenant;

    @Inject
    States states;

    @Inject
    WorkspaceLocks locks;

    @Inject
    Workspaces workspaces;

    @Inject
    @Identifier("api")
    RandomGenerator random;

    Tenant.Company company;
    Workspace workspace;

    @BeforeEach
    void aLockedWorkspace() {
        company = tenant.company();
        workspace = tenant.workspace(company);
        locks.lock(workspace.id(), company.owner().principal(), "");
    }

    @Test
    void aFreshWorkspaceHasNoState() {
        get("workspaces/" + workspace.id() + "/current-state-version").statusCode(404);
        get("workspaces/" + workspace.id() + "/current-state-version-outputs").statusCode(404);
    }

    @Test
    void aStateInsideTheDocumentBecomesCurrent() {
        byte[] state = StateText.of(1, "lin");
        String id = create(inline(state, 1, "lin", false))
                .statusCode(201)
                .body("data.attributes.status", equalTo("finalized"))
                .body("data.attributes.hosted-state-upload-url", nullValue())
                .extract()
                .path("data.id");

        String url = get("workspaces/" + workspace.id() + "/current-state-version?include=outputs")
                .statusCode(200)
                .body("data.id", equalTo(id))
                .body("data.type", equalTo("state-versions"))
                .body("data.attributes.serial", equalTo(1))
                .body("data.attributes.resources-processed", equalTo(true))
                .body("data.attributes.terraform-version", equalTo("1.11.4"))
                .body("data.attributes.resources[1].type", equalTo("data.null_data_source"))
                .body("data.attributes.modules.root.'null-resource'", equalTo(1))
                .body("data.relationships.run.data", nullValue())
                .body(
                        "data.relationships.created-by.data.id",
                        equalTo(company.owner().principal().id()))
                .body("data.relationships.outputs.data", hasSize(3))
                .body("included.attributes.name", contains("greeting", "password", "sizes"))
                .extract()
                .path("data.attributes.hosted-state-download-url");
        assertThat(company.owner()
                        .asks()
                        .get(url)
                        .then()
                        .statusCode(200)
                        .extract()
                        .asByteArray())
                .isEqualTo(state);
        RestAssured.given().get(url).then().statusCode(401);
    }

    @Test
    void sensitiveOutputsAreShownOneByOneOnly() {
        create(inline(StateText.of(1, "lin"), 1, "lin", false)).statusCode(201);

        String secret = get("workspaces/" + workspace.id() + "/current-state-version-outputs")
                .statusCode(200)
                .body("data[0].attributes.value", equalTo("plain"))
                .body("data[0].attributes.detailed-type", equalTo("string"))
                .body("data[1].attributes.sensitive", equalTo(true))
                .body("data[1].attributes.value", nullValue())
                .body("data[2].attributes.type", equalTo("tuple"))
                .body("data[2].attributes.detailed-type[0]", equalTo("tuple"))
                .extract()
                .path("data[1].id");

        get("state-version-outputs/" + secret).statusCode(200).body("data.attributes.value", equalTo("hunter2"));
        WorkspaceAccess outputsOnly =
                new WorkspaceAccess("custom", "read", "none", "read-outputs", "none", false, false, false);
        tenant.guest(company, workspace, outputsOnly)
                .asks()
                .get("/api/v2/state-version-outputs/" + secret)
                .then()
                .statusCode(403);
        tenant.person()
                .asks()
                .get("/api/v2/state-version-outputs/" + secret)
                .then()
                .statusCode(404);
    }

    @Test
    void aPromisedStateIsUploadedInBothForms() {
        byte[] state = StateText.of(1, "lin");
        ValidatableResponse promised = create(promise(state, 1, "lin"))
                .statusCode(201)
                .body("data.attributes.status", equalTo("pending"))
                .body("data.attributes.hosted-state-upload-url", startsWith("http://"))
                .body("data.attributes.hosted-state-download-url", nullValue());
        String id = promised.extract().path("data.id");
        company.owner()
                .asks()
                .post("/api/v2/workspaces/" + workspace.id() + "/actions/unlock")
                .then()
                .statusCode(422)
                .body("errors[0].detail", containsString("latest state version is still pending"));

        put(
                        promised.extract().path("data.attributes.hosted-json-state-upload-url"),
                        "{\"format_version\":\"1.0\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .statusCode(200);
        String url = promised.extract().path("data.attributes.hosted-state-upload-url");
        put(url, state).statusCode(200);

        get("state-versions/" + id)
                .body("data.attributes.status", equalTo("finalized"))
                .body("data.attributes.hosted-state-upload-url", nullValue())
                .body("data.attributes.hosted-json-state-download-url", startsWith("http://"));
        assertThat(states.content(id)).isEqualTo(state);
        put(url, state).statusCode(409).body("errors[0].detail", containsString("already finalized"));
        put(url.replaceAll("/[^/]+/raw", "/wrong/raw"), state).statusCode(404);
        company.owner()
                .asks()
                .post("/api/v2/workspaces/" + workspace.id() + "/actions/unlock")
                .then()
                .statusCode(200);
    }

    @Test
    void anotherContentThanPromisedIsRefusedAndTheRightOneStillTaken() {
        byte[] state = StateText.of(1, "lin");
        String url = create(promise(state, 1, "lin")).extract().path("data.attributes.hosted-state-upload-url");

        put(url, StateText.of(1, "lin", "other")).statusCode(422).body("errors[0].detail", startsWith("Md5"));
        put(url, new byte[] {'{'}).statusCode(422).body("errors[0].detail", containsString("not valid JSON"));
        put(url, state).statusCode(200);
    }

    @Test
    void forcingTheLockOpenDiscardsAPromise() {
        byte[] state = StateText.of(1, "lin");
        String url = create(promise(state, 1, "lin")).extract().path("data.attributes.hosted-state-upload-url");

        locks.forceUnlock(workspace.id());

        put(url, state).statusCode(409).body("errors[0].detail", containsString("discarded"));
        assertThat(states.current(workspace.id())).isEmpty();
    }

    @Test
    void serialAndLineageMustFollow() {
        create(inline(StateText.of(5, "lin"), 5, "lin", false)).statusCode(201);

        create(inline(StateText.of(4, "lin"), 4, "lin", false))
                .statusCode(409)
                .body("errors[0].detail", containsString("serial 4 is older"));
        create(inline(StateText.of(5, "lin", "x"), 5, "lin", false))
                .statusCode(409)
                .body("errors[0].detail", containsString("serial 5 and other content"));
        create(inline(StateText.of(6, "other"), 6, "other", false))
                .statusCode(409)
                .body("errors[0].detail", containsString("lineage other is not the current"));
        create(promise(StateText.of(4, "lin"), 4, "lin")).statusCode(409);
        create(inline(StateText.of(5, "lin"), 5, "lin", false)).statusCode(201);
        create(inline(StateText.of(1, "other"), 1, "other", true)).statusCode(201);
        assertThat(states.current(workspace.id()))
                .hasValueSatisfying(state -> assertThat(state.lineage()).isEqualTo("other"));
    }

    @Test
    void badDocumentsAreTold() {
        byte[] state = StateText.of(1, "lin");
        create("{\"data\":{\"attributes\":{}}}")
                .statusCode(422)
                .body("errors[0].source.pointer", equalTo("/data/attributes/serial"));
        create("{\"data\":{\"attributes\":{\"serial\":1,\"md5\":\"abc\"}}}").statusCode(422);
        create("{\"data\":{\"attributes\":{\"serial\":1,\"md5\":\"" + StateText.md5(state) + "\",\"state\":\"%%\"}}}")
                .statusCode(422)
                .body("errors[0].detail", containsString("Base64"));
        create(inline(StateText.of(1, "lin"), 1, "else", false))
                .statusCode(422)
                .body("errors[0].detail", startsWith("Lineage else is not"));
        create(inline(
                        "{\"version\":2,\"serial\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        1,
                        "lin",
                        false))
                .statusCode(422)
                .body("errors[0].detail", containsString("format version 2"));
        assertThat(states.count(workspace.id(), java.util.Optional.empty())).isZero();
    }

    @Test
    void onlyWhoHoldsTheWorkspaceWrites() {
        byte[] state = StateText.of(1, "lin");
        Tenant.Person other = tenant.member(company, Role.WRITER);
        String path = "/api/v2/workspaces/" + workspace.id() + "/state-versions";

        other.asks()
                .body(inline(state, 1, "lin", false))
                .post(path)
                .then()
                .statusCode(409)
                .body("errors[0].detail", containsString("is locked by User"));
        tenant.member(company, Role.PLANNER).asks().body("{}").post(path).then().statusCode(403);
        locks.unlock(workspace.id(), company.owner().principal());
        create(inline(state, 1, "lin", false))
                .statusCode(409)
                .body("errors[0].detail", containsString("it is not locked"));
    }

    @Test
    void aRunShipsItsStateAndTheNewerTakesThePlaceOfTheOlder() {
        RunId run = new RunId(Ids.make("run", random));
        StateVersion first = states.recordFromRun(workspace.id(), run, StateText.of(1, "lin"));
        StateVersion second = states.recordFromRun(workspace.id(), run, StateText.of(1, "lin", "more"));

        assertThat(states.recordFromRun(workspace.id(), run, StateText.of(1, "lin", "more")))
                .isEqualTo(second);
        assertThat(states.find(first.id())).isEmpty();
        assertThat(states.count(workspace.id(), java.util.Optional.empty())).isEqualTo(1);
        assertThat(second.run()).contains(run);
        RunId later = new RunId(Ids.make("run", random));
        assertThatThrownBy(() -> states.recordFromRun(workspace.id(), later, StateText.of(1, "lin", "else")))
                .isInstanceOf(Problem.class);
        assertThatThrownBy(() -> states.recordFromRun(workspace.id(), later, StateText.of(2, "other")))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("lineage");
        states.recordFromRun(workspace.id(), later, StateText.of(2, "lin"));
        assertThat(states.count(workspace.id(), java.util.Optional.empty())).isEqualTo(2);
    }

    @Test
    void aRollbackMakesAnOlderContentCurrentUnderTheNextSerial() {
        String older = create(inline(StateText.of(1, "lin", "old"), 1, "lin", false))
                .extract()
                .path("data.id");
        create(inline(StateText.of(2, "lin", "new"), 2, "lin", false)).statusCode(201);

        company.owner()
                .asks()
                .body(
                        "{\"data\":{\"type\":\"state-versions\",\"relationships\":{\"rollback-state-version\":{\"data\":{\"type\":\"state-versions\",\"id\":\""
                                + older + "\"}}}}}")
                .patch("/api/v2/workspaces/" + workspace.id() + "/state-versions")
                .then()
                .statusCode(201)
                .body("data.attributes.serial", equalTo(3))
                .body("data.relationships.rollback-state-version.data.id", equalTo(older));

        StateVersion current = states.current(workspace.id()).orElseThrow();
        assertThat(states.content(current.id())).isEqualTo(StateText.of(3, "lin", "old"));
        get("state-versions?filter[organization][name]=" + company.name() + "&filter[workspace][name]="
                        + workspace.name())
                .statusCode(200)
                .body("data.attributes.serial", contains(3, 2, 1))
                .body("meta.pagination.total-count", equalTo(3));
        get("state-versions").statusCode(400);
    }

    @Test
    void aWorkspaceThatManagesResourcesIsNotSafeToDelete() {
        create(inline(StateText.of(1, "lin"), 1, "lin", false)).statusCode(201);
        locks.unlock(workspace.id(), company.owner().principal());

        assertThatThrownBy(() -> workspaces.delete(workspace.id(), true))
                .hasMessageContaining("still manages 1 resources");
        workspaces.delete(workspace.id(), false);

        assertThat(states.current(workspace.id())).isEmpty();
    }

    private ValidatableResponse get(String path) {
        return company.owner().asks().get("/api/v2/" + path).then();
    }

    private ValidatableResponse create(String body) {
        return company.owner()
                .asks()
                .body(body)
                .post("/api/v2/workspaces/" + workspace.id() + "/state-versions")
                .then();
    }

    private static String promise(byte[] state, long serial, String lineage) {
        return "{\"data\":{\"type\":\"state-versions\",\"attributes\":{\"serial\":" + serial + ",\"md5\":\""
                + StateText.md5(state) + "\",\"lineage\":\"" + lineage + "\"}}}";
    }

    private static String inline(byte[] state, long serial, String lineage, boolean force) {
        return "{\"data\":{\"type\":\"state-versions\",\"attributes\":{\"serial\":" + serial + ",\"md5\":\""
                + StateText.md5(state) + "\",\"lineage\":\"" + lineage + "\",\"force\":" + force + ",\"state\":\""
                + Base64.getEncoder().encodeToString(state) + "\"}}}";
    }

    private static ValidatableResponse put(String url, byte[] body) {
        return RestAssured.given()
                .urlEncodingEnabled(false)
                .contentType("application/octet-stream")
                .body(body)
                .put(url)
                .then();
    }
}
