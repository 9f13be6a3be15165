package io.terrafleet.api.workspace;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.Tenant.Company;
import io.terrafleet.api.Tenant.Person;
import io.terrafleet.api.access.Role;
import io.terrafleet.contracts.WorkspaceId;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class WorkspaceResourceIT {
    @Inject
    Tenant tenant;

    @Inject
    Workspaces workspaces;

    private Company company;
    private Person owner;
    private String list;

    @BeforeEach
    void makeCompany() {
        company = tenant.company();
        owner = company.owner();
        list = "/api/v2/organizations/" + company.name() + "/workspaces";
    }

    @Test
    void theCommandLineMakesAWorkspaceAsItDoesInInit() {
        owner.asks().get(list + "/ws1").then().statusCode(404);
        String id = owner.asks()
                .body(
                        """
                        {"data":{"type":"workspaces","attributes":{"name":"ws1"},"relationships":{
                        "tags":{"data":[{"type":"tags","attributes":{"name":"app"}}]}}}}""")
                .post(list)
                .then()
                .statusCode(201)
                .body("data.type", equalTo("workspaces"))
                .body("data.attributes.name", equalTo("ws1"))
                .body("data.attributes.execution-mode", equalTo("remote"))
                .body("data.attributes.locked", equalTo(false))
                .body("data.attributes.vcs-repo", nullValue())
                .body("data.attributes.structured-run-output-enabled", equalTo(true))
                .body("data.attributes.tag-names", contains("app"))
                .body("data.attributes.permissions.can-queue-run", equalTo(true))
                .body("data.attributes.permissions", hasKey("can-force-delete"))
                .body("data.relationships.organization.data.id", equalTo(company.name()))
                .body("data.relationships.project.data.type", equalTo("projects"))
                .body("data.relationships.current-run.data", nullValue())
                .body("data.links.self", equalTo(list + "/ws1"))
                .extract()
                .path("data.id");
        owner.asks()
                .body("{\"data\":{\"type\":\"workspaces\",\"attributes\":{\"terraform-version\":\"1.11.4\"}}}")
                .patch("/api/v2/workspaces/" + id)
                .then()
                .statusCode(200)
                .body("data.attributes.terraform-version", equalTo("1.11.4"));
        owner.asks().get(list + "/ws1").then().statusCode(200).body("data.id", equalTo(id));
        owner.asks()
                .get("/api/v2/workspaces/" + id + "?include=organization%2Cproject")
                .then()
                .statusCode(200)
                .body("included.type", contains("organizations", "projects"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"name\":\"a b\"",
                "\"name\":17",
                "\"name\":\"nul\\u0000\"",
                "\"terraform-version\":\"newest\"",
                "\"terraform-version\":\"1.2.3; rm -rf /\"",
                "\"working-directory\":\"../other\"",
                "\"working-directory\":\"/etc\"",
                "\"working-directory\":\"a/../../b\"",
                "\"working-directory\":\"a\\u0000\"",
                "\"execution-mode\":\"cloud\"",
                "\"auto-apply\":\"yes\"",
                "\"vcs-repo\":{\"identifier\":\"a/b\"}",
                "\"assessments-enabled\":true",
                "\"engine\":\"pulumi\""
            })
    void nonsenseIsRefusedWithItsPlace(String attribute) {
        Workspace workspace = tenant.workspace(company);
        String name = attribute.substring(1, attribute.indexOf('"', 1));
        owner.asks()
                .body("{\"data\":{\"attributes\":{" + attribute + "}}}")
                .patch("/api/v2/workspaces/" + workspace.id())
                .then()
                .statusCode(422)
                .body("errors[0].status", equalTo("422"))
                .body("errors[0].source.pointer", equalTo("/data/attributes/" + name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.11.4",
                "v1.5.0",
                "1.12.0-beta1",
                "1.9.0-alpha20240501",
                "~> 1.9.0",
                ">= 1.5, < 2.0.0",
                "latest"
            })
    void anyVersionOfTheClientIsAccepted(String version) {
        Workspace workspace = tenant.workspace(company);
        owner.asks()
                .body("{\"data\":{\"attributes\":{\"terraform-version\":\"" + version + "\"}}}")
                .patch("/api/v2/workspaces/" + workspace.id())
                .then()
                .statusCode(200)
                .body("data.attributes.terraform-version", equalTo(version));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[1,", "\"text\"", "17", "{\"data\":{\"attributes\":{\"name\":\"x\"}}} trailing {"})
    void malformedBodiesAreTurnedAway(String body) {
        owner.asks().body(body).post(list).then().statusCode(400).body("errors[0].status", equalTo("400"));
    }

    @Test
    void oversizedAndMissingValuesAreTurnedAway() {
        owner.asks()
                .body("{}")
                .post(list)
                .then()
                .statusCode(422)
                .body("errors[0].detail", equalTo("Name can't be blank"));
        owner.asks()
                .body("{\"data\":{\"attributes\":{\"name\":\"" + "a".repeat(91) + "\"}}}")
                .post(list)
                .then()
                .statusCode(422);
        owner.asks()
                .body("{\"data\":{\"attributes\":{\"name\":\"a\",\"description\":\"" + "a".repeat(3_000_000) + "\"}}}")
                .post(list)
                .then()
                .statusCode(413);
        owner.asks()
                .body(
                        "{\"data\":{\"attributes\":{\"name\":\"a\"},\"relationships\":{\"project\":{\"data\":{\"id\":\"prj-nope\"}}}}}")
                .post(list)
                .then()
                .statusCode(422)
                .body("errors[0].source.pointer", equalTo("/data/relationships/project"));
    }

    @Test
    void aNameIsTakenOnce() {
        Workspace workspace = tenant.workspace(company);
        owner.asks()
                .body("{\"data\":{\"attributes\":{\"name\":\"" + workspace.name() + "\"}}}")
                .post(list)
                .then()
                .statusCode(422)
                .body("errors[0].detail", equalTo("Name has already been taken"));
    }

    @Test
    void whatMayNotBeSeenIsNotThere() {
        Workspace workspace = tenant.workspace(company);
        String address = "/api/v2/workspaces/" + workspace.id();
        Person stranger = tenant.person();
        stranger.asks().get(address).then().statusCode(404);
        stranger.asks().post(address + "/actions/lock").then().statusCode(404);
        stranger.asks().get(list).then().statusCode(404);
        owner.asks().get("/api/v2/workspaces/ws-0000000000000000").then().statusCode(404);
        owner.asks().get("/api/v2/workspaces/nonsense").then().statusCode(404);
        owner.asks().get("/api/v2/workspaces/ws-%00").then().statusCode(400);
        Person reader = tenant.member(company, Role.READER);
        reader.asks().get(address).then().statusCode(200);
        reader.asks().body("{}").patch(address).then().statusCode(403);
        reader.asks().post(address + "/actions/lock").then().statusCode(403);
        Person planner = tenant.member(company, Role.PLANNER);
        planner.asks().post(address + "/actions/lock").then().statusCode(403);
        planner.asks().delete(address).then().statusCode(403);
    }

    @Test
    void theListIsSearchedSortedAndPaged() {
        for (String name : new String[] {"app-1", "app-2", "db_1", "dbx1"}) {
            create(name);
        }
        owner.asks()
                .get(list + "?search%5Bname%5D=app-")
                .then()
                .body("data.attributes.name", contains("app-1", "app-2"));
        owner.asks().get(list + "?search%5Bname%5D=db_").then().body("data.attributes.name", contains("db_1"));
        owner.asks()
                .get(list + "?search%5Bwildcard-name%5D=*1&sort=-name")
                .then()
                .body("data.attributes.name", contains("dbx1", "db_1", "app-1"));
        owner.asks()
                .get(list + "?page%5Bsize%5D=3&page%5Bnumber%5D=2")
                .then()
                .body("data.attributes.name", contains("dbx1"))
                .body("meta.pagination.total-count", equalTo(4))
                .body("meta.pagination.total-pages", equalTo(2))
                .body("meta.pagination.prev-page", equalTo(1))
                .body("meta.pagination.next-page", nullValue());
        owner.asks().get(list + "?page%5Bnumber%5D=900").then().statusCode(200).body("data", empty());
        owner.asks().get(list + "?page%5Bsize%5D=0").then().statusCode(400);
        owner.asks().get(list + "?sort=colour").then().statusCode(400);
        owner.asks()
                .get(list + "?include=colour")
                .then()
                .statusCode(400)
                .body("errors[0].detail", equalTo("Invalid include parameter"));
    }

    @Test
    void tagsFindWorkspacesFlatAndByValue() {
        create("one");
        String two = create("two");
        owner.asks()
                .body("[{\"type\":\"tags\",\"attributes\":{\"name\":\"app\"}}]")
                .post("/api/v2/workspaces/" + two + "/relationships/tags")
                .then()
                .statusCode(204);
        owner.asks()
                .body("{\"data\":[{\"type\":\"tag-bindings\",\"attributes\":{\"key\":\"env\",\"value\":\"dev\"}}]}")
                .patch("/api/v2/workspaces/" + two + "/tag-bindings")
                .then()
                .statusCode(200)
                .body("data.attributes.key", contains("app", "env"))
                .body("data.attributes.value", contains("", "dev"));
        String tagged = "filter%5Btagged%5D%5B0%5D%5Bkey%5D=env&filter%5Btagged%5D%5B0%5D%5Bvalue%5D=";
        owner.asks()
                .get(list + "?" + tagged + "dev&search%5Btags%5D=env%2Capp&TagBindings=%7B+env+dev%7D")
                .then()
                .body("data.id", contains(two))
                .body("data[0].attributes.tag-names", contains("app", "env"));
        owner.asks().get(list + "?" + tagged + "prod").then().body("data", empty());
        owner.asks().get(list + "?search%5Bexclude-tags%5D=app").then().body("data.attributes.name", contains("one"));
        String tag = owner.asks()
                .get("/api/v2/workspaces/" + two + "/relationships/tags")
                .then()
                .extract()
                .path("data[0].id");
        owner.asks()
                .body("{\"data\":[{\"type\":\"tags\",\"id\":\"" + tag + "\"}]}")
                .delete("/api/v2/workspaces/" + two + "/relationships/tags")
                .then()
                .statusCode(204);
        owner.asks()
                .body("{\"data\":{\"relationships\":{\"tag-bindings\":{\"data\":[]}}}}")
                .patch("/api/v2/workspaces/" + two)
                .then()
                .statusCode(200)
                .body("data.attributes.tag-names", empty());
        owner.asks()
                .body("{\"data\":[{\"attributes\":{\"key\":\"bad\\u0000key\"}}]}")
                .patch("/api/v2/workspaces/" + two + "/tag-bindings")
                .then()
                .statusCode(422);
    }

    @Test
    void aLockIsHeldByOne() {
        String address = "/api/v2/workspaces/" + create("locked") + "/actions/";
        Person writer = tenant.member(company, Role.WRITER);
        owner.asks()
                .body("{\"data\":{\"type\":\"\",\"attributes\":{\"reason\":\"Locked by Terraform\"}}}")
                .post(address + "lock")
                .then()
                .statusCode(200)
                .body("data.attributes.locked", equalTo(true))
                .body("data.attributes.locked-reason", equalTo("Locked by Terraform"))
                .body("data.relationships.locked-by.data.type", equalTo("users"));
        owner.asks().post(address + "lock").then().statusCode(409);
        writer.asks()
                .post(address + "unlock")
                .then()
                .statusCode(409)
                .body("errors[0].detail", containsString("is locked by User"));
        writer.asks().post(address + "force-unlock").then().statusCode(403);
        owner.asks().post(address + "unlock").then().statusCode(200).body("data.attributes.locked", equalTo(false));
        owner.asks()
                .post(address + "unlock")
                .then()
                .statusCode(409)
                .body("errors[0].detail", not(containsString("is locked by")));
        writer.asks()
                .body("{\"reason\":\"plain\"}")
                .post(address + "lock")
                .then()
                .statusCode(200);
        owner.asks().post(address + "force-unlock").then().statusCode(200);
        owner.asks().post(address + "force-unlock").then().statusCode(409);
    }

    @Test
    void aWorkspaceThatManagesResourcesIsNotLost() {
        String id = create("precious");
        Person writer = tenant.member(company, Role.WRITER);
        workspaces.stateChanged(new WorkspaceId(id), 3);
        owner.asks()
                .post("/api/v2/workspaces/" + id + "/actions/safe-delete")
                .then()
                .statusCode(409)
                .body("errors[0].detail", containsString("3 resources"));
        writer.asks().delete("/api/v2/workspaces/" + id).then().statusCode(403);
        owner.asks().post("/api/v2/workspaces/" + id + "/actions/lock").then().statusCode(200);
        owner.asks()
                .post(list + "/precious/actions/safe-delete")
                .then()
                .statusCode(409)
                .body("errors[0].detail", containsString("locked"));
        owner.asks().post("/api/v2/workspaces/" + id + "/actions/unlock").then().statusCode(200);
        owner.asks().delete(list + "/precious").then().statusCode(204);
        owner.asks().get("/api/v2/workspaces/" + id).then().statusCode(404);
    }

    private String create(String name) {
        return owner.asks()
                .body("{\"data\":{\"type\":\"workspaces\",\"attributes\":{\"name\":\"" + name + "\"}}}")
                .post(list)
                .then()
                .statusCode(201)
                .body("data.id", startsWith("ws-"))
                .extract()
                .path("data.id");
    }
}
