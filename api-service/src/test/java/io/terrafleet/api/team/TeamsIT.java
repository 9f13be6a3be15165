package io.terrafleet.api.team;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.Tenant.Company;
import io.terrafleet.api.Tenant.Person;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class TeamsIT {
    @Inject
    Tenant tenant;

    Company company;
    Person owner;
    String address;

    @BeforeEach
    void aCompany() {
        company = tenant.company();
        owner = company.owner();
        address = "/api/v2/organizations/" + company.name();
    }

    @Test
    void anOrganizationBeginsWithItsOwners() {
        owner.asks()
                .get(address + "/teams")
                .then()
                .statusCode(200)
                .body("data.attributes.name", contains("owners"))
                .body("data[0].attributes.users-count", equalTo(1))
                .body("data[0].attributes.organization-access.manage-workspaces", equalTo(true))
                .body(
                        "data[0].relationships.users.data.id",
                        contains(owner.principal().id()));
        String owners = owner.asks().get(address + "/teams").then().extract().path("data[0].id");
        owner.asks().delete("/api/v2/teams/" + owners).then().statusCode(422);
        owner.asks()
                .body(team("\"name\":\"kings\""))
                .patch("/api/v2/teams/" + owners)
                .then()
                .statusCode(422);
        owner.asks()
                .body("{\"data\":[{\"type\":\"users\",\"id\":\""
                        + owner.principal().name() + "\"}]}")
                .delete("/api/v2/teams/" + owners + "/relationships/users")
                .then()
                .statusCode(409);
    }

    @Test
    void membersAreInvitedIntoTeamsAndDoWhatTheTeamMay() {
        String builders = create("\"name\":\"builders\",\"organization-access\":{\"manage-workspaces\":true}")
                .extract()
                .path("data.id");
        Person person = tenant.person();
        String membership = owner.asks()
                .body(
                        """
                        {"data":{"type":"organization-memberships","attributes":{"email":"%s@example.com"},
                        "relationships":{"teams":{"data":[{"type":"teams","id":"%s"}]}}}}"""
                                .formatted(person.principal().name(), builders))
                .post(address + "/organization-memberships")
                .then()
                .statusCode(201)
                .body("data.attributes.status", equalTo("active"))
                .body("data.relationships.teams.data.id", contains(builders))
                .extract()
                .path("data.id");
        person.asks()
                .body("{\"data\":{\"type\":\"workspaces\",\"attributes\":{\"name\":\"made-by-a-builder\"}}}")
                .post(address + "/workspaces")
                .then()
                .statusCode(201);
        owner.asks()
                .body("{\"data\":[{\"type\":\"organization-memberships\",\"id\":\"" + membership + "\"}]}")
                .delete("/api/v2/teams/" + builders + "/relationships/organization-memberships")
                .then()
                .statusCode(204);
        person.asks()
                .body("{\"data\":{\"type\":\"workspaces\",\"attributes\":{\"name\":\"not-any-more\"}}}")
                .post(address + "/workspaces")
                .then()
                .statusCode(404);
        owner.asks()
                .body("{\"data\":[{\"type\":\"users\",\"id\":\""
                        + person.principal().name() + "\"}]}")
                .post("/api/v2/teams/" + builders + "/relationships/users")
                .then()
                .statusCode(204);
        owner.asks()
                .get("/api/v2/teams/" + builders + "?include=users")
                .then()
                .body(
                        "included.attributes.username",
                        contains(person.principal().name()));
        owner.asks()
                .body("{\"data\":[{\"type\":\"users\",\"id\":\""
                        + tenant.person().principal().name() + "\"}]}")
                .post("/api/v2/teams/" + builders + "/relationships/users")
                .then()
                .statusCode(422);
    }

    @Test
    void anInvitationWaitsUntilSomebodyHasTheAddress() {
        String email = company.name() + "@later.example";
        owner.asks()
                .body("{\"data\":{\"attributes\":{\"email\":\"" + email + "\"}}}")
                .post(address + "/organization-memberships")
                .then()
                .statusCode(201)
                .body("data.attributes.status", equalTo("invited"))
                .body("data.attributes.email", equalTo(email));
        owner.asks()
                .get(address + "/organization-memberships?filter%5Bstatus%5D=invited")
                .then()
                .body("data.attributes.email", contains(email));
        owner.asks()
                .body("{\"data\":{\"attributes\":{\"email\":\"" + email + "\"}}}")
                .post(address + "/organization-memberships")
                .then()
                .statusCode(422);
        tenant.siteAdministrator()
                .asks()
                .body("{\"data\":{\"attributes\":{\"username\":\"late" + company.name() + "\",\"email\":\"" + email
                        + "\"}}}")
                .post("/api/v2/admin/users")
                .then()
                .statusCode(201);
        owner.asks()
                .get(address + "/organization-memberships?filter%5Bstatus%5D=invited")
                .then()
                .body("data", empty());
        owner.asks().get(address + "/organization-memberships").then().body("data.attributes.status", hasSize(2));
    }

    @Test
    void aSecretTeamIsThereForItsMembersOnly() {
        String secret = create("\"name\":\"shadow\"").extract().path("data.id");
        create("\"name\":\"open\",\"visibility\":\"organization\"");
        Workspace workspace = tenant.workspace(company);
        Person other = tenant.guest(company, workspace, io.terrafleet.api.access.WorkspaceAccess.READ);
        other.asks().get("/api/v2/teams/" + secret).then().statusCode(404);
        other.asks()
                .get(address + "/teams?filter%5Bnames%5D=open,shadow")
                .then()
                .body("data.attributes.name", contains("open"));
        owner.asks()
                .get(address + "/teams?filter%5Bnames%5D=open,shadow")
                .then()
                .body("data.attributes.name", contains("open", "shadow"));
        tenant.person().asks().get(address + "/teams").then().statusCode(404);

        String access = owner.asks()
                .body("{\"data\":{\"attributes\":{\"access\":\"read\"},\"relationships\":{"
                        + "\"team\":{\"data\":{\"type\":\"teams\",\"id\":\"" + secret + "\"}},"
                        + "\"workspace\":{\"data\":{\"type\":\"workspaces\",\"id\":\"" + workspace.id() + "\"}}}}}")
                .post("/api/v2/team-workspaces")
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
        String given = "/api/v2/team-workspaces?filter%5Bworkspace%5D%5Bid%5D=" + workspace.id();
        owner.asks().get(given).then().body("data.relationships.team.data.id", hasItem(secret));
        other.asks()
                .get(given)
                .then()
                .statusCode(200)
                .body("data", hasSize(1))
                .body("data.relationships.team.data.id", not(hasItem(secret)));
        other.asks().get("/api/v2/team-workspaces/" + access).then().statusCode(404);
    }

    @Test
    void nobodyRaisesThemselves() {
        String managers = create("\"name\":\"managers\",\"organization-access\":{\"manage-teams\":true}")
                .extract()
                .path("data.id");
        Person manager = join(managers);
        String owners =
                owner.asks().get(address + "/teams?q=owners").then().extract().path("data[0].id");
        manager.asks()
                .body(team("\"name\":\"mine\""))
                .post(address + "/teams")
                .then()
                .statusCode(201);
        manager.asks()
                .body(team("\"name\":\"mighty\",\"organization-access\":{\"manage-workspaces\":true}"))
                .post(address + "/teams")
                .then()
                .statusCode(403);
        String self =
                "{\"data\":[{\"type\":\"users\",\"id\":\"" + manager.principal().name() + "\"}]}";
        manager.asks()
                .body(self)
                .post("/api/v2/teams/" + owners + "/relationships/users")
                .then()
                .statusCode(404);
    }

    @Test
    void aTeamsTokenDoesWhatTheTeamMayAndDiesWithIt() {
        Workspace workspace = tenant.workspace(company);
        String robots = create("\"name\":\"robots\"").extract().path("data.id");
        give(workspace, robots, "\"access\":\"plan\"").statusCode(201);
        String token = owner.asks()
                .post("/api/v2/teams/" + robots + "/authentication-token")
                .then()
                .statusCode(201)
                .body("data.attributes.token", startsWith("tfl."))
                .body("data.relationships.team.data.id", equalTo(robots))
                .extract()
                .path("data.attributes.token");
        Person robot = new Person(owner.principal(), token);
        robot.asks().get("/api/v2/workspaces/" + workspace.id()).then().statusCode(200);
        robot.asks().delete("/api/v2/workspaces/" + workspace.id()).then().statusCode(403);
        robot.asks().get("/api/v2/account/details").then().body("data.attributes.is-service-account", equalTo(true));
        owner.asks()
                .get("/api/v2/teams/" + robots + "/authentication-token")
                .then()
                .body("data.attributes.token", nullValue());
        String second = owner.asks()
                .body("{\"data\":{\"attributes\":{\"description\":\"nightly\"}}}")
                .post("/api/v2/teams/" + robots + "/authentication-tokens")
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
        owner.asks()
                .get(address + "/team-tokens")
                .then()
                .body("data.attributes.description", containsInAnyOrder("", "nightly"));
        owner.asks().delete("/api/v2/authentication-tokens/" + second).then().statusCode(204);
        owner.asks().delete("/api/v2/teams/" + robots).then().statusCode(204);
        robot.asks().get("/api/v2/workspaces/" + workspace.id()).then().statusCode(401);
    }

    @Test
    void accessToAWorkspaceIsAFixedLevelOrEachThingOnItsOwn() {
        Workspace workspace = tenant.workspace(company);
        String team = create("\"name\":\"devs\"").extract().path("data.id");
        give(workspace, team, "\"access\":\"read\",\"runs\":\"apply\"")
                .statusCode(422)
                .body(
                        "errors[0].detail",
                        equalTo(
                                "Runs is read-only when access level is 'read'; use the 'custom' access level to set this"
                                        + " attribute."));
        String id = give(workspace, team, "\"access\":\"custom\",\"runs\":\"plan\",\"state-versions\":\"read-outputs\"")
                .statusCode(201)
                .body("data.attributes.variables", equalTo("none"))
                .body("data.attributes.state-versions", equalTo("read-outputs"))
                .extract()
                .path("data.id");
        give(workspace, team, "\"access\":\"read\"").statusCode(422);
        Person dev = join(team);
        String vars = "/api/v2/workspaces/" + workspace.id() + "/vars";
        dev.asks().get(vars).then().statusCode(403);
        owner.asks()
                .body("{\"data\":{\"attributes\":{\"access\":\"write\"}}}")
                .patch("/api/v2/team-workspaces/" + id)
                .then()
                .statusCode(200)
                .body("data.attributes.variables", equalTo("write"));
        dev.asks().get(vars).then().statusCode(200);
        owner.asks().delete("/api/v2/team-workspaces/" + id).then().statusCode(204);
        dev.asks().get(vars).then().statusCode(404);
        dev.asks().get(address + "/workspaces").then().body("data", empty());
    }

    @Test
    void accessToAProjectReachesItsWorkspacesAndNoOthers() {
        String project = owner.asks()
                .body("{\"data\":{\"type\":\"projects\",\"attributes\":{\"name\":\"payments\"}}}")
                .post(address + "/projects")
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
        tenant.workspace(company);
        String team = create("\"name\":\"payers\"").extract().path("data.id");
        Person payer = join(team);
        owner.asks()
                .body(
                        """
                        {"data":{"type":"team-projects","attributes":{"access":"maintain"},"relationships":
                        {"team":{"data":{"type":"teams","id":"%s"}},"project":{"data":{"type":"projects","id":"%s"}}}}}"""
                                .formatted(team, project))
                .post("/api/v2/team-projects")
                .then()
                .statusCode(201)
                .body("data.attributes.workspace-access.create", equalTo(true))
                .body("data.attributes.project-access.settings", equalTo("read"));
        payer.asks().get(address + "/projects").then().body("data.attributes.name", contains("payments"));
        payer.asks()
                .body(
                        """
                        {"data":{"type":"workspaces","attributes":{"name":"ledger"},"relationships":
                        {"project":{"data":{"type":"projects","id":"%s"}}}}}"""
                                .formatted(project))
                .post(address + "/workspaces")
                .then()
                .statusCode(201)
                .body("data.attributes.permissions.can-update", equalTo(true));
        payer.asks()
                .body("{\"data\":{\"type\":\"workspaces\",\"attributes\":{\"name\":\"elsewhere\"}}}")
                .post(address + "/workspaces")
                .then()
                .statusCode(404);
        payer.asks().get(address + "/workspaces").then().body("data.attributes.name", contains("ledger"));
        payer.asks()
                .body(
                        """
                        {"data":{"relationships":{"project":{"data":{"type":"projects","id":"%s"}}}}}"""
                                .formatted(tenant.standardProject(company)))
                .patch(address + "/workspaces/ledger")
                .then()
                .statusCode(403);
        payer.asks().delete("/api/v2/projects/" + project).then().statusCode(403);
        owner.asks()
                .get("/api/v2/team-projects?filter%5Bproject%5D%5Bid%5D=" + project)
                .then()
                .body("data.relationships.team.data.id", hasItem(team));
    }

    private Person join(String team) {
        Person person = tenant.person();
        owner.asks()
                .body(
                        """
                        {"data":{"attributes":{"username":"%s"},"relationships":{"teams":{"data":[{"type":"teams","id":"%s"}]}}}}"""
                                .formatted(person.principal().name(), team))
                .post(address + "/organization-memberships")
                .then()
                .statusCode(201);
        return person;
    }

    private ValidatableResponse give(Workspace workspace, String team, String attributes) {
        return owner.asks()
                .body(
                        """
                        {"data":{"type":"team-workspaces","attributes":{%s},"relationships":
                        {"team":{"data":{"type":"teams","id":"%s"}},"workspace":{"data":{"type":"workspaces","id":"%s"}}}}}"""
                                .formatted(attributes, team, workspace.id()))
                .post("/api/v2/team-workspaces")
                .then();
    }

    private ValidatableResponse create(String attributes) {
        return owner.asks()
                .body(team(attributes))
                .post(address + "/teams")
                .then()
                .statusCode(201);
    }

    private static String team(String attributes) {
        return "{\"data\":{\"type\":\"teams\",\"attributes\":{" + attributes + "}}}";
    }
}
