package io.terrafleet.api.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.terrafleet.api.RunTaker;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.access.WorkspaceAccess;
import io.terrafleet.api.artifact.Artifacts;
import io.terrafleet.api.configuration.Configurations;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.contracts.RunId;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class BackingDataIT {
    @Inject
    Tenant tenant;

    @Inject
    States states;

    @Inject
    Configurations configurations;

    @Inject
    Artifacts artifacts;

    @Inject
    RunTaker taker;

    private Tenant.Company company;
    private Workspace workspace;

    @BeforeEach
    void makeWorkspace() {
        company = tenant.company();
        workspace = tenant.workspace(company);
    }

    @Test
    void anOldStateIsGivenUpAndTakenBackUntilItIsGoneForEver() {
        StateVersion old =
                states.recordFromRun(workspace.id(), new RunId("run-0000000000000001"), StateText.of(1, "l"));
        StateVersion current =
                states.recordFromRun(workspace.id(), new RunId("run-0000000000000002"), StateText.of(2, "l"));
        String artifact = old.content().orElseThrow().id();
        state(current.id(), "soft_delete").statusCode(409).body("errors[0].title", equalTo("transition not allowed"));
        state(old.id(), "restore").statusCode(409);
        state(old.id(), "permanently_delete").statusCode(409);
        state(old.id(), "soft_delete").statusCode(204);
        shown(old.id())
                .body("data.attributes.status", equalTo("backing_data_soft_deleted"))
                .body("data.attributes.hosted-state-download-url", nullValue())
                .body("data.attributes.permissions.can-restore-backing-data", equalTo(true));
        download(old.id(), 404);
        owner("/api/v2/state-versions/" + old.id() + "/outputs").statusCode(200).body("data", hasSize(0));
        state(old.id(), "restore").statusCode(204);
        download(old.id(), 200);
        state(old.id(), "soft_delete").statusCode(204);
        state(old.id(), "permanently_delete").statusCode(204);
        shown(old.id())
                .body("data.attributes.status", equalTo("backing_data_permanently_deleted"))
                .body("data.attributes.serial", equalTo(1));
        assertThat(artifacts.find(artifact)).isEmpty();
        state(old.id(), "restore").statusCode(409);
        download(current.id(), 200);
    }

    @Test
    void anOldArchiveIsGivenUpAndTakenBackUntilItIsGoneForEver() {
        taker.configure(company, workspace);
        String old = configurations.latestUploaded(workspace.id()).orElseThrow().id();
        configuration(old, "soft_delete").statusCode(409).body("errors[0].detail", containsString("current"));
        taker.configure(company, workspace);
        configuration(old, "soft_delete")
                .statusCode(200)
                .body("data.attributes.status", equalTo("backing_data_soft_deleted"));
        owner("/api/v2/configuration-versions/" + old + "/download").statusCode(404);
        configuration(old, "restore").statusCode(200).body("data.attributes.status", equalTo("uploaded"));
        owner("/api/v2/configuration-versions/" + old + "/download").statusCode(200);
        configuration(old, "soft_delete").statusCode(200);
        configuration(old, "permanently_delete")
                .statusCode(200)
                .body("data.attributes.status", equalTo("backing_data_permanently_deleted"));
        configuration(old, "restore").statusCode(409);
    }

    @Test
    void onlyOwnersGiveContentUp() {
        StateVersion old =
                states.recordFromRun(workspace.id(), new RunId("run-0000000000000001"), StateText.of(1, "l"));
        states.recordFromRun(workspace.id(), new RunId("run-0000000000000002"), StateText.of(2, "l"));
        String path = "/api/v2/state-versions/" + old.id() + "/actions/soft_delete_backing_data";
        tenant.guest(company, workspace, WorkspaceAccess.ADMIN)
                .asks()
                .post(path)
                .then()
                .statusCode(403);
        tenant.company().owner().asks().post(path).then().statusCode(404);
        download(old.id(), 200);
    }

    private ValidatableResponse state(String id, String action) {
        return company.owner()
                .asks()
                .post("/api/v2/state-versions/" + id + "/actions/" + action + "_backing_data")
                .then();
    }

    private ValidatableResponse configuration(String id, String action) {
        return company.owner()
                .asks()
                .post("/api/v2/configuration-versions/" + id + "/actions/" + action + "_backing_data")
                .then();
    }

    private ValidatableResponse shown(String id) {
        return owner("/api/v2/state-versions/" + id).statusCode(200);
    }

    private void download(String id, int status) {
        owner("/api/v2/state-versions/" + id + "/download").statusCode(status);
    }

    private ValidatableResponse owner(String path) {
        return company.owner().asks().get(path).then();
    }
}
