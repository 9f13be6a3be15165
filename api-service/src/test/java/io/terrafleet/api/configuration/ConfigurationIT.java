package io.terrafleet.api.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.nullValue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.access.Role;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.testkit.PlatformResource;
import io.terrafleet.testkit.TarGz;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class ConfigurationIT {
    private static final byte[] ARCHIVE = TarGz.of(Map.of("main.tf", "output \"x\" { value = 1 }"));

    @Inject
    Tenant tenant;

    @Inject
    Configurations configurations;

    @Inject
    Told told;

    @Inject
    @DataSource("api")
    AgroalDataSource database;

    Tenant.Company company;
    Workspace workspace;

    @BeforeEach
    void aWorkspace() {
        company = tenant.company();
        workspace = tenant.workspace(company);
    }

    @Test
    void isPromisedUploadedShownAndDownloaded() {
        ValidatableResponse promised = promise("{\"data\":{\"type\":\"\",\"attributes\":{}}}")
                .body("data.type", equalTo("configuration-versions"))
                .body("data.attributes.status", equalTo("pending"))
                .body("data.attributes.auto-queue-runs", equalTo(true))
                .body("data.attributes.speculative", equalTo(false))
                .body("data.attributes", hasKey("error-message"));
        String id = promised.extract().path("data.id");
        String url = promised.extract().path("data.attributes.upload-url");
        assertThat(url).startsWith("http://localhost:");

        put(url, ARCHIVE).statusCode(200);

        company.owner()
                .asks()
                .get("/api/v2/configuration-versions/" + id)
                .then()
                .statusCode(200)
                .contentType("application/vnd.api+json")
                .body("data.attributes.status", equalTo("uploaded"))
                .body("data.attributes.upload-url", nullValue())
                .body("data.attributes.status-timestamps.uploaded-at", containsString("Z"));
        assertThat(company.owner()
                        .asks()
                        .get("/api/v2/configuration-versions/" + id + "/download")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asByteArray())
                .isEqualTo(ARCHIVE);
        assertThat(told.uploaded()).extracting(ConfigurationVersion::id).contains(id);
        assertThat(configurations.latestUploaded(workspace.id()))
                .hasValueSatisfying(latest -> assertThat(latest.id()).isEqualTo(id));
    }

    @Test
    void aSpeculativeOneIsNotTheLatest() {
        String url = promise("{\"data\":{\"attributes\":{\"speculative\":true,\"auto-queue-runs\":false}}}")
                .body("data.attributes.speculative", equalTo(true))
                .body("data.attributes.auto-queue-runs", equalTo(false))
                .extract()
                .path("data.attributes.upload-url");
        put(url, ARCHIVE).statusCode(200);

        assertThat(configurations.latestUploaded(workspace.id())).isEmpty();
    }

    @Test
    void aHostileArchiveIsToldAndRemembered() {
        ValidatableResponse promised = promise("");
        String id = promised.extract().path("data.id");

        put(promised.extract().path("data.attributes.upload-url"), TarGz.of(Map.of("../evil.tf", "")))
                .statusCode(422)
                .body("errors[0].status", equalTo("422"))
                .body("errors[0].detail", containsString("leads out of the configuration"));

        company.owner()
                .asks()
                .get("/api/v2/configuration-versions/" + id)
                .then()
                .body("data.attributes.status", equalTo("errored"))
                .body("data.attributes.error-message", containsString("leads out of the configuration"));
        assertThat(configurations.latestUploaded(workspace.id())).isEmpty();
        assertThat(told.uploaded()).extracting(ConfigurationVersion::id).doesNotContain(id);
    }

    @Test
    void aBrokenArchiveIsToldAndASecondUploadRefused() {
        String url = promise("").extract().path("data.attributes.upload-url");

        put(url, new byte[] {1, 2, 3})
                .statusCode(422)
                .body("errors[0].detail", containsString("not a readable tar.gz"));
        put(url, ARCHIVE).statusCode(409).body("errors[0].detail", containsString("already errored"));
    }

    @Test
    void aSecondUploadIsRefused() {
        String url = promise("").extract().path("data.attributes.upload-url");

        put(url, ARCHIVE).statusCode(200);
        put(url, ARCHIVE).statusCode(409).body("errors[0].detail", containsString("already uploaded"));
    }

    @Test
    void aWrongSecretFindsNothing() {
        String url = promise("").extract().path("data.attributes.upload-url");

        put(url.substring(0, url.length() - 1) + "!", ARCHIVE).statusCode(404);
        put(url.replaceAll("cv-\\w+", "cv-0000000000000000"), ARCHIVE).statusCode(404);
    }

    @Test
    void anExpiredAddressIsGone() throws SQLException {
        ValidatableResponse promised = promise("");
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "update configuration_version set upload_expires_at = created_at - interval '1 minute' where id = ?")) {
            statement.setString(1, promised.extract().path("data.id"));
            statement.executeUpdate();
        }

        put(promised.extract().path("data.attributes.upload-url"), ARCHIVE)
                .statusCode(410)
                .body("errors[0].detail", containsString("has expired"));
    }

    @Test
    void attributesAreChecked() {
        company.owner()
                .asks()
                .body("{\"data\":{\"attributes\":{\"speculative\":\"yes\"}}}")
                .post("/api/v2/workspaces/" + workspace.id() + "/configuration-versions")
                .then()
                .statusCode(422)
                .body("errors[0].source.pointer", equalTo("/data/attributes/speculative"));
    }

    @Test
    void strangersSeeNothingAndReadersMayNotUpload() {
        String id = promise("").extract().path("data.id");
        String list = "/api/v2/workspaces/" + workspace.id() + "/configuration-versions";

        tenant.person()
                .asks()
                .get("/api/v2/configuration-versions/" + id)
                .then()
                .statusCode(404);
        tenant.person().asks().post(list).then().statusCode(404);
        tenant.member(company, Role.READER).asks().post(list).then().statusCode(403);
        RestAssured.given().get("/api/v2/configuration-versions/" + id).then().statusCode(401);
        company.owner()
                .asks()
                .get("/api/v2/configuration-versions/" + id + "/download")
                .then()
                .statusCode(404);
    }

    @Test
    void onlyASupersededOneIsArchived() {
        ValidatableResponse first = promise("");
        put(first.extract().path("data.attributes.upload-url"), ARCHIVE).statusCode(200);
        String archive = "/api/v2/configuration-versions/" + first.extract().path("data.id") + "/actions/archive";
        company.owner()
                .asks()
                .post(archive)
                .then()
                .statusCode(409)
                .body("errors[0].detail", equalTo("configuration could not be archived because it is current"));

        put(promise("").extract().path("data.attributes.upload-url"), ARCHIVE).statusCode(200);

        company.owner().asks().post(archive).then().statusCode(202);
        company.owner()
                .asks()
                .get("/api/v2/workspaces/" + workspace.id() + "/configuration-versions?page[size]=1&page[number]=2")
                .then()
                .body("data[0].attributes.status", equalTo("archived"))
                .body("meta.pagination.total-count", equalTo(2));
    }

    private ValidatableResponse promise(String body) {
        return company.owner()
                .asks()
                .body(body)
                .post("/api/v2/workspaces/" + workspace.id() + "/configuration-versions")
                .then()
                .statusCode(201);
    }

    private static ValidatableResponse put(String url, byte[] body) {
        return RestAssured.given()
                .urlEncodingEnabled(false)
                .contentType("application/octet-stream")
                .body(body)
                .put(url)
                .then();
    }

    @ApplicationScoped
    static class Told {
        private final Queue<ConfigurationVersion> uploaded = new ConcurrentLinkedQueue<>();

        Queue<ConfigurationVersion> uploaded() {
            return uploaded;
        }

        void hear(@Observes ConfigurationUploaded event) {
            uploaded.add(event.configuration());
        }
    }
}
