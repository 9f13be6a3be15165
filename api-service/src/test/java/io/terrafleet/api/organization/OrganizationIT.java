package io.terrafleet.api.organization;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.Tenant.Company;
import io.terrafleet.api.Tenant.Person;
import io.terrafleet.api.access.Role;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class OrganizationIT {
    @Inject
    Tenant tenant;

    private Company company;
    private String address;

    @BeforeEach
    void makeCompany() {
        company = tenant.company();
        address = "/api/v2/organizations/" + company.name();
    }

    @Test
    void whoeverCreatesAnOrganizationOwnsIt() {
        Person person = tenant.person();
        String name = "acme-" + person.principal().name().substring(2);
        person.asks()
                .body(organization(name, "ops@example.com"))
                .post("/api/v2/organizations")
                .then()
                .statusCode(201)
                .contentType("application/vnd.api+json")
                .body("data.id", equalTo(name))
                .body("data.attributes.external-id", startsWith("org-"))
                .body("data.attributes.default-execution-mode", equalTo("remote"))
                .body("data.attributes.permissions.can-destroy", equalTo(true));
        person.asks()
                .get("/api/v2/organizations/" + name + "/projects")
                .then()
                .body("data.attributes.name", contains("Default Project"));
        person.asks()
                .get("/api/v2/organizations")
                .then()
                .body("data.id", contains(name))
                .body("meta.pagination.total-count", equalTo(1));
        person.asks().get("/api/v2/organizations?q%5Bemail%5D=OPS@").then().body("data.id", contains(name));
        person.asks()
                .get("/api/v2/organizations?q%5Bemail%5D=dev@")
                .then()
                .body("meta.pagination.total-count", equalTo(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ab", "a b c", "acme/x", "\\u00e4cme", "name-that-is-much-too-long-for-an-organization"})
    void aNameHasRules(String name) {
        tenant.person()
                .asks()
                .body(organization(name, "ops@example.com"))
                .post("/api/v2/organizations")
                .then()
                .statusCode(422)
                .body("errors[0].status", equalTo("422"))
                .body("errors[0].source.pointer", equalTo("/data/attributes/name"))
                .body("errors[0].detail", startsWith("Name "));
    }

    @Test
    void aNameIsTakenOnceInWhateverCase() {
        tenant.person()
                .asks()
                .body(organization(company.name().toUpperCase(java.util.Locale.ROOT), "ops@example.com"))
                .post("/api/v2/organizations")
                .then()
                .statusCode(422)
                .body("errors[0].title", equalTo("invalid attribute"))
                .body("errors[0].detail", equalTo("Name has already been taken"));
    }

    @Test
    void othersSeeNothingAndReadersChangeNothing() {
        tenant.person().asks().get(address).then().statusCode(404);
        tenant.person().asks().get("/api/v2/organizations").then().body("data", empty());
        Person reader = tenant.member(company, Role.READER);
        reader.asks()
                .get(address)
                .then()
                .statusCode(200)
                .body("data.attributes.permissions.can-update", equalTo(false));
        reader.asks()
                .body(organization("other-name", "x@y"))
                .patch(address)
                .then()
                .statusCode(403);
        reader.asks().delete(address).then().statusCode(403);
    }

    @Test
    void theCommandLineFindsWhatItAsksFor() {
        company.owner()
                .asks()
                .get(address + "/entitlement-set")
                .then()
                .statusCode(200)
                .body("data.type", equalTo("entitlement-sets"))
                .body("data.attributes.operations", equalTo(true));
    }

    @Test
    void settingsChangeAndTheNameToo() {
        String renamed = company.name() + "-2";
        company.owner()
                .asks()
                .body(
                        """
                        {"data":{"type":"organizations","attributes":
                        {"name":"%s","default-execution-mode":"local","allow-force-delete-workspaces":true}}}"""
                                .formatted(renamed))
                .patch(address)
                .then()
                .statusCode(200)
                .body("data.id", equalTo(renamed))
                .body("data.attributes.default-execution-mode", equalTo("local"));
        company.owner().asks().get(address).then().statusCode(404);
        company.owner()
                .asks()
                .body("{\"data\":{\"attributes\":{\"default-execution-mode\":\"agent\"}}}") // and no pool
                .patch("/api/v2/organizations/" + renamed)
                .then()
                .statusCode(422);
    }

    @Test
    void projectsAreMadeFoundChangedAndDeleted() {
        String id = company.owner()
                .asks()
                .body(named("projects", "Network team"))
                .post(address + "/projects")
                .then()
                .statusCode(201)
                .body("data.relationships.organization.data.id", equalTo(company.name()))
                .extract()
                .path("data.id");
        company.owner()
                .asks()
                .get(address + "/projects?filter%5Bnames%5D=Network%20team")
                .then()
                .body("data.id", contains(id));
        company.owner()
                .asks()
                .body(named("projects", "network TEAM"))
                .post(address + "/projects")
                .then()
                .statusCode(422)
                .body("errors[0].detail", equalTo("Name has already been taken"));
        company.owner()
                .asks()
                .body("{\"data\":{\"attributes\":{\"description\":\"All that is wired\"}}}")
                .patch("/api/v2/projects/" + id)
                .then()
                .statusCode(200)
                .body("data.attributes.description", equalTo("All that is wired"))
                .body("data.attributes.name", equalTo("Network team"));
        company.owner().asks().delete("/api/v2/projects/" + id).then().statusCode(204);
        company.owner().asks().get("/api/v2/projects/" + id).then().statusCode(404);
    }

    @Test
    void theDefaultProjectAndProjectsWithWorkspacesStay() {
        tenant.workspace(company);
        String standard =
                company.owner().asks().get(address).then().extract().path("data.relationships.default-project.data.id");
        company.owner().asks().delete("/api/v2/projects/" + standard).then().statusCode(403);
        company.owner()
                .asks()
                .delete(address)
                .then()
                .statusCode(409)
                .body("errors[0].detail", containsString("1 workspaces"));
    }

    @Test
    void membersComeChangeAndGo() {
        Person person = tenant.person();
        String membership = company.owner()
                .asks()
                .body(
                        """
                        {"data":{"type":"organization-memberships","attributes":{"email":"%s@example.com"}}}"""
                                .formatted(person.principal().name()))
                .post(address + "/organization-memberships")
                .then()
                .statusCode(201)
                .body("data.attributes.status", equalTo("active"))
                .body(
                        "data.relationships.user.data.id",
                        equalTo(person.principal().id()))
                .extract()
                .path("data.id");
        person.asks().get(address).then().statusCode(200);
        company.owner()
                .asks()
                .get(address + "/organization-memberships")
                .then()
                .body("data", hasSize(2))
                .body("included.type", contains("users", "users"));
        person.asks()
                .delete("/api/v2/organization-memberships/" + membership)
                .then()
                .statusCode(204);
        person.asks().get(address).then().statusCode(404);
    }

    @Test
    void theLastOwnerStays() {
        String membership = company.owner()
                .asks()
                .get(address + "/organization-memberships")
                .then()
                .extract()
                .path("data[0].id");
        company.owner()
                .asks()
                .delete("/api/v2/organization-memberships/" + membership)
                .then()
                .statusCode(409)
                .body("errors[0].detail", containsString("last owner"));
    }

    @Test
    void aProjectSaysHowItsNewWorkspacesRun() {
        String id = company.owner()
                .asks()
                .body("{\"data\":{\"attributes\":{\"name\":\"local\",\"default-execution-mode\":\"local\"}}}")
                .post("/api/v2/organizations/" + company.name() + "/projects")
                .then()
                .statusCode(201)
                .body("data.attributes.default-execution-mode", equalTo("local"))
                .body("data.attributes.setting-overwrites.default-execution-mode", equalTo(true))
                .extract()
                .path("data.id");
        String inProject = "\"relationships\":{\"project\":{\"data\":{\"type\":\"projects\",\"id\":\"" + id + "\"}}}";
        String workspaces = "/api/v2/organizations/" + company.name() + "/workspaces";
        company.owner()
                .asks()
                .body("{\"data\":{\"attributes\":{\"name\":\"one\"}," + inProject + "}}")
                .post(workspaces)
                .then()
                .statusCode(201)
                .body("data.attributes.execution-mode", equalTo("local"));
        company.owner()
                .asks()
                .body("{\"data\":{\"attributes\":{\"setting-overwrites\":{\"default-execution-mode\":false}}}}")
                .patch("/api/v2/projects/" + id)
                .then()
                .statusCode(200)
                .body("data.attributes.default-execution-mode", equalTo("remote"))
                .body("data.attributes.setting-overwrites.default-execution-mode", equalTo(false));
        company.owner()
                .asks()
                .body("{\"data\":{\"attributes\":{\"name\":\"two\"}," + inProject + "}}")
                .post(workspaces)
                .then()
                .body("data.attributes.execution-mode", equalTo("remote"));
    }

    @Test
    void whatFewOrganizationsSetIsKept() {
        Company company = tenant.company();
        String address = "/api/v2/organizations/" + company.name();
        company.owner()
                .asks()
                .body("{\"data\":{\"attributes\":{\"session-timeout\":30,\"session-remember\":600,"
                        + "\"aggregated-commit-status-enabled\":true,\"speculative-plan-management-enabled\":true,"
                        + "\"owners-team-saml-role-id\":\"admins\",\"collaborator-auth-policy\":\"password\","
                        + "\"cost-estimation-enabled\":true}}}")
                .patch(address)
                .then()
                .statusCode(200)
                .body("data.attributes.session-timeout", equalTo(30))
                .body("data.attributes.session-remember", equalTo(600))
                .body("data.attributes.aggregated-commit-status-enabled", equalTo(true))
                .body("data.attributes.speculative-plan-management-enabled", equalTo(true))
                .body("data.attributes.owners-team-saml-role-id", equalTo("admins"));
        company.owner()
                .asks()
                .body("{\"data\":{\"attributes\":{\"session-timeout\":null}}}")
                .patch(address)
                .then()
                .statusCode(200)
                .body("data.attributes.session-timeout", nullValue())
                .body("data.attributes.session-remember", equalTo(600));
        for (String wrong : new String[] {
            "\"session-timeout\":0",
            "\"session-timeout\":\"long\"",
            "\"collaborator-auth-policy\":\"two_factor_mandatory\"",
            "\"cost-estimation-enabled\":false",
            "\"assessments-enforced\":true"
        }) {
            company.owner()
                    .asks()
                    .body("{\"data\":{\"attributes\":{" + wrong + "}}}")
                    .patch(address)
                    .then()
                    .statusCode(422);
        }
    }

    @Test
    void theOrganizationsTokenReachesItsOrganizationOnlyAndCannotManageItself() {
        String token = company.owner()
                .asks()
                .body("")
                .post(address + "/authentication-token")
                .then()
                .statusCode(201)
                .extract()
                .path("data.attributes.token");
        Person pipeline = new Person(company.owner().principal(), token);
        pipeline.asks().get(address).then().statusCode(200);
        pipeline.asks()
                .get("/api/v2/organizations/" + tenant.company().name())
                .then()
                .statusCode(404);
        pipeline.asks().post(address + "/authentication-token").then().statusCode(403);
        pipeline.asks().get("/api/v2/account/details").then().body("data.attributes.is-service-account", equalTo(true));
        company.owner()
                .asks()
                .get(address + "/authentication-token")
                .then()
                .statusCode(200)
                .body("data.attributes.token", nullValue());
        company.owner().asks().delete(address + "/authentication-token").then().statusCode(204);
        pipeline.asks().get(address).then().statusCode(401);
    }

    private static String organization(String name, String email) {
        return "{\"data\":{\"type\":\"organizations\",\"attributes\":{\"name\":\"%s\",\"email\":\"%s\"}}}"
                .formatted(name, email);
    }

    private static String named(String type, String name) {
        return "{\"data\":{\"type\":\"%s\",\"attributes\":{\"name\":\"%s\"}}}".formatted(type, name);
    }
}
