package io.terrafleet.api.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.Tenant.Company;
import io.terrafleet.api.Tenant.Person;
import io.terrafleet.api.access.Role;
import io.terrafleet.api.state.StateVersion;
import io.terrafleet.api.state.States;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.contracts.RunId;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class RetentionIT {
    @Inject
    Tenant tenant;

    @Inject
    Retentions retentions;

    @Inject
    States states;

    @Inject
    @DataSource("api")
    AgroalDataSource database;

    private Company company;
    private Person owner;
    private Workspace workspace;
    private String address;

    @BeforeEach
    void makeWorkspace() {
        company = tenant.company();
        owner = company.owner();
        workspace = tenant.workspace(company);
        address = "/api/v2/workspaces/" + workspace.id() + "/relationships/data-retention-policy";
    }

    @Test
    void aPolicyIsSetChangedAndTakenBack() {
        owner.asks().get(address).then().statusCode(404);
        owner.asks()
                .body(older(30))
                .post(address)
                .then()
                .statusCode(200)
                .body("data.type", equalTo("data-retention-policy-delete-olders"))
                .body("data.attributes.delete-older-than-n-days", equalTo(30));
        owner.asks()
                .body("{\"data\":{\"type\":\"data-retention-policy-dont-deletes\"}}")
                .post(address)
                .then()
                .statusCode(200);
        owner.asks()
                .get(address)
                .then()
                .body("data.type", equalTo("data-retention-policy-dont-deletes"))
                .body("data.attributes.delete-older-than-n-days", nullValue());
        owner.asks().delete(address).then().statusCode(204);
        owner.asks().get(address).then().statusCode(404);
    }

    @Test
    void whatIsWrongIsRefused() {
        owner.asks().body(older(0)).post(address).then().statusCode(422);
        owner.asks().body(older(99_999)).post(address).then().statusCode(422);
        owner.asks().body("{}").post(address).then().statusCode(422);
        tenant.member(company, Role.READER)
                .asks()
                .body(older(3))
                .post(address)
                .then()
                .statusCode(403);
        tenant.company().owner().asks().get(address).then().statusCode(404);
        tenant.member(company, Role.WRITER)
                .asks()
                .body(older(3))
                .post(ofOrganization())
                .then()
                .statusCode(403);
    }

    @Test
    void oldStatesGoAndTheCurrentOneStays() throws SQLException {
        List<String> ids = threeOldStates();
        retentions.sweep();
        assertThat(kept()).hasSize(3);
        owner.asks().body(older(30)).post(address).then().statusCode(200);
        retentions.sweep();
        assertThat(kept()).containsExactly(ids.getLast());
        owner.asks().get("/api/v2/state-versions/" + ids.getFirst()).then().statusCode(404);
        owner.asks()
                .get("/api/v2/state-versions/" + ids.getLast() + "/download")
                .then()
                .statusCode(200)
                .body("serial", equalTo(3));
    }

    @Test
    void theWorkspacesOwnPolicyCountsBeforeTheOrganizations() throws SQLException {
        threeOldStates();
        owner.asks().body(older(30)).post(ofOrganization()).then().statusCode(200);
        owner.asks()
                .body("{\"data\":{\"type\":\"data-retention-policy-dont-deletes\"}}")
                .post(address)
                .then()
                .statusCode(200);
        retentions.sweep();
        assertThat(kept()).hasSize(3);
        owner.asks().delete(address).then().statusCode(204);
        retentions.sweep();
        assertThat(kept()).hasSize(1);
    }

    @Test
    void whatTheCurrentStateManagesIsListed() {
        record(1);
        String resources = "/api/v2/workspaces/" + workspace.id() + "/resources";
        owner.asks()
                .get(resources)
                .then()
                .statusCode(200)
                .body("data.type", contains("resources"))
                .body("data.attributes.address", hasItem("null_resource.web"))
                .body("data[0].attributes.provider-type", equalTo("null_resource"))
                .body("data[0].attributes.module", equalTo("root"));
        tenant.company().owner().asks().get(resources).then().statusCode(404);
    }

    private List<String> threeOldStates() throws SQLException {
        List<String> ids = List.of(record(1), record(2), record(3));
        try (var connection = database.getConnection();
                var update = connection.prepareStatement(
                        "update state_version set created_at = now() - interval '40 days' where workspace_id = ?")) {
            update.setString(1, workspace.id().value());
            assertThat(update.executeUpdate()).isEqualTo(3);
        }
        return ids;
    }

    /** Of a run of its own, so that it does not replace the one before. */
    private String record(int serial) {
        String state = "{\"version\":4,\"terraform_version\":\"1.11.4\",\"serial\":" + serial
                + ",\"lineage\":\"8d2b2a8e-0000-0000-0000-000000000000\",\"outputs\":{},\"resources\":[{\"mode\":\"managed\","
                + "\"type\":\"null_resource\",\"name\":\"web\","
                + "\"provider\":\"provider[\\\"registry.terraform.io/hashicorp/null\\\"]\",\"instances\":[{\"attributes\":{}}]}]}";
        StateVersion made = states.recordFromRun(
                workspace.id(), new RunId("run-000000000000000" + serial), state.getBytes(StandardCharsets.UTF_8));
        return made.id();
    }

    private List<String> kept() {
        return states.list(workspace.id(), Optional.empty(), 0, 100).stream()
                .map(StateVersion::id)
                .toList();
    }

    private String ofOrganization() {
        return "/api/v2/organizations/" + company.name() + "/relationships/data-retention-policy";
    }

    private static String older(int days) {
        return "{\"data\":{\"type\":\"data-retention-policy-delete-olders\",\"attributes\":{\"delete-older-than-n-days\":"
                + days + "}}}";
    }
}
