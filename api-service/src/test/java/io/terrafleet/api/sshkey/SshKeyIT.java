package io.terrafleet.api.sshkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.Tenant.Company;
import io.terrafleet.api.Tenant.Person;
import io.terrafleet.api.access.Role;
import io.terrafleet.api.access.WorkspaceAccess;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class SshKeyIT {
    private static final String BEGIN = "-----BEGIN OPENSSH " + "PRIVATE KEY-----";
    private static final String END = "-----END OPENSSH " + "PRIVATE KEY-----";
    private static final String KEY = BEGIN + "\\nbm90LWEta2V5LWJ1dC1zaGFwZWQtbGlrZS1vbmU=\\n" + END;

    @Inject
    Tenant tenant;

    @Inject
    SshKeys keys;

    @Inject
    Workspaces workspaces;

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
        address = "/api/v2/organizations/" + company.name() + "/ssh-keys";
    }

    @Test
    void aKeyIsMadeRenamedAndDeletedAndNeverShown() throws SQLException {
        String made = owner.asks()
                .body(body("deploy", KEY))
                .post(address)
                .then()
                .statusCode(201)
                .body("data.type", equalTo("ssh-keys"))
                .body("data.attributes.value", nullValue())
                .extract()
                .asString();
        assertThat(made).doesNotContain("bm90LWEta2V5");
        String id = io.restassured.path.json.JsonPath.from(made).getString("data.id");
        owner.asks().get(address).then().body("data.attributes.name", contains("deploy"));
        owner.asks()
                .body("{\"data\":{\"attributes\":{\"name\":\"renamed\"}}}")
                .patch("/api/v2/ssh-keys/" + id)
                .then()
                .statusCode(200)
                .body("data.attributes.name", equalTo("renamed"));
        assertThat(sealed(id)).doesNotContain("bm90LWEta2V5");
        owner.asks().delete("/api/v2/ssh-keys/" + id).then().statusCode(204);
        owner.asks().get("/api/v2/ssh-keys/" + id).then().statusCode(404);
    }

    @Test
    void aWorkspaceIsGivenAKeyAndItsRunsGetIt() {
        String id = create("deploy");
        assign("\"" + id + "\"", 200);
        owner.asks()
                .get("/api/v2/workspaces/" + workspace.id())
                .then()
                .body("data.relationships.ssh-key.data.id", equalTo(id));
        assertThat(keys.forRun(now()))
                .hasValueSatisfying(
                        key -> assertThat(key).startsWith(BEGIN + "\n").endsWith(END + "\n"));
        assign("null", 200);
        assertThat(keys.forRun(now())).isEmpty();
        assign("\"" + id + "\"", 200);
        owner.asks().delete("/api/v2/ssh-keys/" + id).then().statusCode(204);
        assertThat(keys.forRun(now())).isEmpty();
        owner.asks()
                .get("/api/v2/workspaces/" + workspace.id())
                .then()
                .body("data.relationships.ssh-key.data", nullValue());
    }

    @Test
    void aKeyOfAnotherOrganizationIsNotThere() {
        Company other = tenant.company();
        String id = other.owner()
                .asks()
                .body(body("theirs", KEY))
                .post("/api/v2/organizations/" + other.name() + "/ssh-keys")
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
        assign("\"" + id + "\"", 404);
        assign("\"sshkey-0000000000000000\"", 404);
        owner.asks().get("/api/v2/ssh-keys/" + id).then().statusCode(404);
        owner.asks()
                .body("{\"data\":{}}")
                .patch("/api/v2/workspaces/" + workspace.id() + "/relationships/ssh-key")
                .then()
                .statusCode(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not a key", "-----BEGIN PUBLIC KEY-----\\nAAAA\\n-----END PUBLIC KEY-----"})
    void whatIsNoPrivateKeyIsRefusedInTheWordsThatClientsCompare(String value) {
        owner.asks()
                .body(body("x", value))
                .post(address)
                .then()
                .statusCode(422)
                .body("errors[0].detail", equalTo("Ssh key is invalid"));
    }

    @Test
    void aNameIsTakenOnce() {
        create("deploy");
        owner.asks()
                .body(body("deploy", KEY))
                .post(address)
                .then()
                .statusCode(422)
                .body("errors[0].detail", equalTo("Name has already been taken"));
    }

    @Test
    void whoManagesVcsSettingsKeepsKeysAndWhoSetsUpTheWorkspaceAssignsThem() {
        String id = create("deploy");
        Person writer = tenant.member(company, Role.WRITER);
        writer.asks().get(address).then().statusCode(403);
        writer.asks().body(body("y", KEY)).post(address).then().statusCode(403);
        writer.asks().delete("/api/v2/ssh-keys/" + id).then().statusCode(403);
        assign(writer, id).statusCode(403);
        Person administrator = tenant.guest(company, workspace, WorkspaceAccess.ADMIN);
        administrator.asks().get("/api/v2/ssh-keys/" + id).then().statusCode(403);
        assign(administrator, id).statusCode(200).body("data.attributes.permissions.can-destroy", equalTo(true));
        assertThat(now().traits().sshKeyId()).contains(id);
    }

    private ValidatableResponse assign(Person who, String id) {
        return who.asks()
                .body("{\"data\":{\"type\":\"workspaces\",\"attributes\":{\"id\":\"" + id + "\"}}}")
                .patch("/api/v2/workspaces/" + workspace.id() + "/relationships/ssh-key")
                .then();
    }

    private Workspace now() {
        return workspaces.find(workspace.id()).orElseThrow();
    }

    private void assign(String id, int status) {
        owner.asks()
                .body("{\"data\":{\"type\":\"workspaces\",\"attributes\":{\"id\":" + id + "}}}")
                .patch("/api/v2/workspaces/" + workspace.id() + "/relationships/ssh-key")
                .then()
                .statusCode(status);
    }

    private String create(String name) {
        return owner.asks()
                .body(body(name, KEY))
                .post(address)
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
    }

    private static String body(String name, String value) {
        return "{\"data\":{\"type\":\"ssh-keys\",\"attributes\":{\"name\":\"" + name + "\",\"value\":\"" + value
                + "\"}}}";
    }

    private String sealed(String id) throws SQLException {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("select sealed from ssh_key where id = ?")) {
            query.setString(1, id);
            try (var rows = query.executeQuery()) {
                assertThat(rows.next()).isTrue();
                return new String(rows.getBytes(1), StandardCharsets.ISO_8859_1);
            }
        }
    }
}
