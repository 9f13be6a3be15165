package io.terrafleet.api.planexport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.terrafleet.api.RunTaker;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.Tenant.Company;
import io.terrafleet.api.Tenant.Person;
import io.terrafleet.api.access.WorkspaceAccess;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.RunId;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class PlanExportIT {
    @Inject
    Tenant tenant;

    @Inject
    RunTaker taker;

    @Inject
    PlanExports exports;

    @Inject
    @DataSource("api")
    AgroalDataSource database;

    private Company company;
    private Person owner;
    private Workspace workspace;
    private RunId run;
    private String plan;

    @BeforeEach
    void makeRun() {
        company = tenant.company();
        owner = company.owner();
        workspace = tenant.workspace(company);
        taker.configure(company, workspace);
        run = taker.queued(company, workspace);
        plan = "plan" + run.value().substring("run".length());
    }

    @Test
    void aPlanIsExportedOnceAndHoldsItsFacts() throws IOException {
        create(owner, "sentinel-mock-bundle-v0")
                .statusCode(422)
                .body("errors[0].detail", containsString("not exportable"));
        taker.plan(run);
        owner.asks()
                .get("/api/v2/plans/" + plan)
                .then()
                .body("data.attributes.actions.is-exportable", equalTo(true))
                .body("data.attributes.permissions.can-export", equalTo(true));
        create(owner, "another").statusCode(422).body("errors[0].detail", containsString("sentinel-mock-bundle-v0"));
        String id = create(owner, "sentinel-mock-bundle-v0")
                .statusCode(201)
                .body("data.type", equalTo("plan-exports"))
                .body("data.relationships.plan.data.id", equalTo(plan))
                .extract()
                .path("data.id");
        create(owner, "sentinel-mock-bundle-v0").statusCode(422);
        finished(id);
        JsonNode files = files(owner.asks()
                .get("/api/v2/plan-exports/" + id + "/download")
                .then()
                .statusCode(200)
                .extract()
                .asByteArray());
        assertThat(files.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("tfplan.json", "tfrun.json", "tfconfig.json", "tfstate.json");
        assertThat(files.path("tfrun.json").path("id").asText()).isEqualTo(run.value());
        assertThat(files.path("tfrun.json").at("/workspace/name").asText()).isEqualTo(workspace.name());
        assertThat(files.path("tfconfig.json").path("sha256").asText()).hasSize(64);
        owner.asks().get("/api/v2/plans/" + plan).then().body("data.relationships.exports.data.id", contains(id));
        owner.asks().delete("/api/v2/plan-exports/" + id).then().statusCode(204);
        owner.asks().get("/api/v2/plan-exports/" + id).then().statusCode(404);
    }

    @Test
    void anExportIsOverAfterAnHour() throws SQLException {
        taker.plan(run);
        String id = create(owner, "sentinel-mock-bundle-v0").extract().path("data.id");
        finished(id);
        age(id);
        owner.asks()
                .get("/api/v2/plan-exports/" + id)
                .then()
                .body("data.attributes.status", equalTo("expired"))
                .body("data.attributes.status-timestamps.expired-at", notNullValue());
        owner.asks().get("/api/v2/plan-exports/" + id + "/download").then().statusCode(410);
        exports.sweep();
        owner.asks().get("/api/v2/plan-exports/" + id + "/download").then().statusCode(410);
        create(owner, "sentinel-mock-bundle-v0").statusCode(201);
    }

    @Test
    void whoMayNotSeeMocksExportsNothing() {
        taker.plan(run);
        create(tenant.guest(company, workspace, WorkspaceAccess.PLAN), "sentinel-mock-bundle-v0")
                .statusCode(403);
        create(tenant.company().owner(), "sentinel-mock-bundle-v0").statusCode(404);
        create(tenant.guest(company, workspace, WorkspaceAccess.WRITE), "sentinel-mock-bundle-v0")
                .statusCode(201);
    }

    private void finished(String id) {
        Await.until("the export", Duration.ofSeconds(10), () -> "finished"
                .equals(exports.find(id).orElseThrow().status()));
        owner.asks()
                .get("/api/v2/plan-exports/" + id)
                .then()
                .body("data.attributes.status", equalTo("finished"))
                .body("data.attributes.status-timestamps.finished-at", notNullValue());
    }

    private void age(String id) throws SQLException {
        try (var connection = database.getConnection();
                var update = connection.prepareStatement(
                        "update plan_export set finished_at = finished_at - interval '61 minutes' where id = ?")) {
            update.setString(1, id);
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    private ValidatableResponse create(Person who, String type) {
        return who.asks()
                .body("{\"data\":{\"type\":\"plan-exports\",\"attributes\":{\"data-type\":\"" + type
                        + "\"},\"relationships\":{\"plan\":{\"data\":{\"id\":\"" + plan + "\",\"type\":\"plans\"}}}}}")
                .post("/api/v2/plan-exports")
                .then();
    }

    private static JsonNode files(byte[] archive) throws IOException {
        ObjectNode files = Json.mapper().createObjectNode();
        try (var tar = new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                files.set(entry.getName(), Json.mapper().readTree(tar.readAllBytes()));
            }
        }
        return files;
    }
}
