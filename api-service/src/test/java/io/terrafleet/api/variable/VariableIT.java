package io.terrafleet.api.variable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.Tenant.Company;
import io.terrafleet.api.Tenant.Person;
import io.terrafleet.api.access.Role;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.contracts.runner.Claim;
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
class VariableIT {
    @Inject
    Tenant tenant;

    @Inject
    Variables variables;

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
        address = "/api/v2/workspaces/" + workspace.id() + "/vars";
    }

    @Test
    void aVariableIsMadeShownChangedAndDeleted() {
        String id = create("\"key\":\"region\",\"value\":\"eu\",\"category\":\"terraform\",\"description\":\"where\"");
        owner.asks()
                .get(address)
                .then()
                .statusCode(200)
                .body("data.id", contains(id))
                .body("data[0].type", equalTo("vars"))
                .body("data[0].attributes.value", equalTo("eu"))
                .body("data[0].attributes.hcl", equalTo(false))
                .body("data[0].relationships.configurable.data.type", equalTo("workspaces"));
        owner.asks()
                .body("{\"data\":{\"id\":\"" + id + "\",\"attributes\":{\"value\":\"[1]\",\"hcl\":true}}}")
                .patch(address + "/" + id)
                .then()
                .statusCode(200)
                .body("data.attributes.value", equalTo("[1]"))
                .body("data.attributes.key", equalTo("region"));
        owner.asks().delete(address + "/" + id).then().statusCode(204);
        owner.asks().get(address + "/" + id).then().statusCode(404);
    }

    @Test
    void aSensitiveValueIsNeverShownAgainAndReachesTheRun() throws Exception {
        String id =
                create("\"key\":\"password\",\"value\":\"hunter2-hunter2\",\"category\":\"env\",\"sensitive\":true");
        String shown = owner.asks()
                .get(address + "/" + id)
                .then()
                .body("data.attributes.value", nullValue())
                .extract()
                .asString();
        assertThat(shown).doesNotContain("hunter2");
        owner.asks()
                .body("{\"data\":{\"attributes\":{\"sensitive\":false}}}")
                .patch(address + "/" + id)
                .then()
                .statusCode(422)
                .body("errors[0].source.pointer", equalTo("/data/attributes/sensitive"));
        assertThat(variables.forRun(workspace))
                .containsExactly(new Claim.Variable("password", "hunter2-hunter2", "env", false, true));
        assertThat(sealed(id)).doesNotContain("hunter2");
        assertThat(variables.find(id).orElseThrow().toString()).doesNotContain("hunter2");
    }

    @Test
    void aKeyIsThereOnceInItsCategory() {
        create("\"key\":\"a\",\"category\":\"terraform\"");
        create("\"key\":\"a\",\"category\":\"env\"");
        String b = create("\"key\":\"b\",\"category\":\"env\"");
        owner.asks()
                .body("{\"data\":{\"attributes\":{\"key\":\"a\",\"category\":\"env\"}}}")
                .post(address)
                .then()
                .statusCode(422)
                .body("errors[0].detail", equalTo("Key has already been taken"));
        owner.asks()
                .body("{\"data\":{\"attributes\":{\"key\":\"a\"}}}")
                .patch(address + "/" + b)
                .then()
                .statusCode(422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"key\":\"\",\"category\":\"env\"",
                "\"key\":\"a=b\",\"category\":\"env\"",
                "\"key\":\"1a\",\"category\":\"terraform\"",
                "\"key\":\"a b\",\"category\":\"terraform\"",
                "\"key\":\"a\"",
                "\"key\":\"a\",\"category\":\"policy-set\"",
                "\"key\":\"a\",\"category\":\"env\",\"value\":12",
                "\"key\":\"a\",\"category\":\"env\",\"value\":\"nul\\u0000\"",
                "\"key\":\"a\",\"category\":\"env\",\"hcl\":true",
                "\"key\":\"a\",\"category\":\"env\",\"sensitive\":\"yes\""
            })
    void nonsenseIsRefused(String attributes) {
        owner.asks()
                .body("{\"data\":{\"attributes\":{" + attributes + "}}}")
                .post(address)
                .then()
                .statusCode(422);
        owner.asks().get(address).then().body("data.size()", equalTo(0));
    }

    @Test
    void valuesHaveASize() {
        create("\"key\":\"big\",\"category\":\"env\",\"value\":\"" + "x".repeat(262_144) + "\"");
        owner.asks()
                .body("{\"data\":{\"attributes\":{\"key\":\"bigger\",\"category\":\"env\",\"value\":\""
                        + "x".repeat(262_145) + "\"}}}")
                .post(address)
                .then()
                .statusCode(422)
                .body("errors[0].source.pointer", equalTo("/data/attributes/value"));
    }

    @Test
    void onlyWritersChangeAndOnlyThroughTheRightWorkspace() {
        String id = create("\"key\":\"a\",\"category\":\"env\"");
        Person planner = tenant.member(company, Role.PLANNER);
        planner.asks().get(address).then().statusCode(200);
        planner.asks().body("{}").patch(address + "/" + id).then().statusCode(403);
        planner.asks().delete("/api/v2/vars/" + id).then().statusCode(403);
        tenant.person().asks().delete("/api/v2/vars/" + id).then().statusCode(404);
        Workspace other = tenant.workspace(company);
        owner.asks()
                .get("/api/v2/workspaces/" + other.id() + "/vars/" + id)
                .then()
                .statusCode(404);
    }

    @Test
    void theOlderAddressesWorkToo() {
        String id = owner.asks()
                .body(
                        """
                        {"data":{"type":"vars","attributes":{"key":"old","value":"1","category":"terraform"},"relationships":
                        {"workspace":{"data":{"id":"%s","type":"workspaces"}}}}}"""
                                .formatted(workspace.id()))
                .post("/api/v2/vars")
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
        owner.asks()
                .get("/api/v2/vars?filter%5Borganization%5D%5Bname%5D=" + company.name()
                        + "&filter%5Bworkspace%5D%5Bname%5D=" + workspace.name())
                .then()
                .body("data.id", contains(id));
        owner.asks().get("/api/v2/vars").then().statusCode(400);
        owner.asks().delete("/api/v2/vars/" + id).then().statusCode(204);
    }

    private String create(String attributes) {
        return owner.asks()
                .body("{\"data\":{\"type\":\"vars\",\"attributes\":{" + attributes + "}}}")
                .post(address)
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
    }

    private String sealed(String id) throws SQLException {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("select sealed from variable where id = ?")) {
            query.setString(1, id);
            try (var rows = query.executeQuery()) {
                assertThat(rows.next()).isTrue();
                return new String(rows.getBytes(1), StandardCharsets.ISO_8859_1);
            }
        }
    }
}
