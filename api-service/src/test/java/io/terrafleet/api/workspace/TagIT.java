package io.terrafleet.api.workspace;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.Tenant.Company;
import io.terrafleet.api.Tenant.Person;
import io.terrafleet.api.access.Role;
import io.terrafleet.api.access.WorkspaceAccess;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tags of projects, what workspaces inherit of them, reserved keys, and an organization's tags as a whole. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class TagIT {
    @Inject
    Tenant tenant;

    private Company company;
    private Person owner;
    private Workspace workspace;
    private String project;
    private String reserved;

    @BeforeEach
    void makeWorkspace() {
        company = tenant.company();
        owner = company.owner();
        workspace = tenant.workspace(company);
        project = "/api/v2/projects/" + workspace.projectId();
        reserved = "/api/v2/organizations/" + company.name() + "/reserved-tag-keys";
    }

    @Test
    void aProjectsTagsAreAddedChangedAndReplaced() {
        bind(project, "env", "prod").statusCode(200).body("data.attributes.key", contains("env"));
        bind(project, "team", "shop").body("data.attributes.key", contains("env", "team"));
        bind(project, "env", "test").body("data.attributes.value", contains("test", "shop"));
        owner.asks()
                .body(
                        "{\"data\":{\"relationships\":{\"tag-bindings\":{\"data\":[{\"type\":\"tag-bindings\",\"attributes\":{\"key\":\"only\",\"value\":\"1\"}}]}}}}")
                .patch(project)
                .then()
                .statusCode(200);
        owner.asks().get(project + "/tag-bindings").then().body("data.attributes.key", contains("only"));
        owner.asks()
                .get(project + "/effective-tag-bindings")
                .then()
                .body("data.type", contains("effective-tag-bindings"));
        owner.asks()
                .body("{\"data\":{\"relationships\":{\"tag-bindings\":{\"data\":[]}}}}")
                .patch(project)
                .then()
                .statusCode(200);
        owner.asks().get(project + "/tag-bindings").then().body("data", empty());
    }

    @Test
    void projectsAreFoundByTheirTags() {
        bind(project, "env", "prod");
        bind(project, "team", "shop");
        String projects = "/api/v2/organizations/" + company.name() + "/projects?sort=-name&filter%5Btagged%5D";
        String env = "%5B0%5D%5Bkey%5D=env";
        for (String found : List.of(
                env,
                env + "&filter%5Btagged%5D%5B0%5D%5Bvalue%5D=prod",
                env + "&filter%5Btagged%5D%5B1%5D%5Bkey%5D=team&filter%5Btagged%5D%5B1%5D%5Bvalue%5D=shop")) {
            owner.asks().get(projects + found).then().statusCode(200).body("data.id", contains(workspace.projectId()));
        }
        for (String absent : List.of(
                "%5B0%5D%5Bkey%5D=stage",
                env + "&filter%5Btagged%5D%5B0%5D%5Bvalue%5D=test",
                env + "&filter%5Btagged%5D%5B1%5D%5Bkey%5D=stage")) {
            owner.asks().get(projects + absent).then().statusCode(200).body("data", empty());
        }
    }

    @Test
    void aWorkspaceInheritsWhatItDoesNotSayItself() {
        bind(project, "env", "prod");
        bind(project, "team", "shop");
        bind(workspaceAddress(), "env", "test").statusCode(200);
        effective()
                .body("data.attributes.key", contains("env", "team"))
                .body("data.attributes.value", contains("test", "shop"))
                .body("data[0].links.inherited-from", nullValue())
                .body("data[1].links.inherited-from", equalTo(project));
        owner.asks().get(workspaceAddress() + "/tag-bindings").then().body("data.attributes.key", contains("env"));
    }

    @Test
    void aReservedKeyCanForbidToBeOverridden() {
        bind(project, "env", "prod");
        bind(workspaceAddress(), "env", "test").statusCode(200);
        String id = reserve("env", true);
        effective().body("data.attributes.value", contains("prod"));
        bind(workspaceAddress(), "env", "dev").statusCode(422).body("errors[0].detail", containsString("reserved"));
        owner.asks()
                .body("{\"data\":{\"attributes\":{\"disable-overrides\":false}}}")
                .patch("/api/v2/reserved-tag-keys/" + id)
                .then()
                .statusCode(200)
                .body("data.attributes.disable-overrides", equalTo(false));
        bind(workspaceAddress(), "env", "dev").statusCode(200);
        effective().body("data.attributes.value", contains("dev"));
        owner.asks().delete("/api/v2/reserved-tag-keys/" + id).then().statusCode(204);
        owner.asks().get(reserved).then().body("data", empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a?b"})
    void aReservedKeyMustBeAKey(String key) {
        owner.asks().body(key(key, false)).post(reserved).then().statusCode(422);
    }

    @Test
    void aReservedKeyIsTakenOnce() {
        reserve("env", false);
        owner.asks()
                .body(key("env", true))
                .post(reserved)
                .then()
                .statusCode(422)
                .body("errors[0].detail", equalTo("Key has already been taken"));
        Person writer = tenant.member(company, Role.WRITER);
        writer.asks().body(key("team", true)).post(reserved).then().statusCode(403);
        tenant.company().owner().asks().get(reserved).then().statusCode(404);
    }

    @Test
    void anOrganizationsTagsAreListedGivenAndTakenAway() {
        Workspace other = tenant.workspace(company);
        flat(workspace, "blue");
        flat(other, "blue");
        flat(other, "green");
        String tags = "/api/v2/organizations/" + company.name() + "/tags";
        String blue = owner.asks()
                .get(tags)
                .then()
                .statusCode(200)
                .body("data.attributes.name", contains("blue", "green"))
                .body("data.attributes.instance-count", contains(2, 1))
                .extract()
                .path("data[0].id");
        owner.asks().get(tags + "?q=RE").then().body("data.attributes.name", contains("green"));
        owner.asks()
                .get(tags + "?filter[exclude][taggable][id]=" + workspace.id())
                .then()
                .body("data.attributes.name", contains("green"))
                .body("meta.pagination.total-count", equalTo(1));
        String green = owner.asks().get(tags).then().extract().path("data[1].id");
        owner.asks()
                .body("{\"data\":[{\"type\":\"workspaces\",\"id\":\"" + workspace.id() + "\"}]}")
                .post("/api/v2/tags/" + green + "/relationships/workspaces")
                .then()
                .statusCode(204);
        owner.asks().get(tags).then().body("data.attributes.instance-count", contains(2, 2));
        owner.asks()
                .body("{\"data\":[{\"type\":\"tags\",\"id\":\"" + blue + "\"}]}")
                .delete(tags)
                .then()
                .statusCode(204);
        owner.asks().get(tags).then().body("data", hasSize(1));
        owner.asks().get(workspaceAddress()).then().body("data.attributes.tag-names", contains("green"));
    }

    @Test
    void whoSeesOneWorkspaceSeesItsTagsOnly() {
        Workspace other = tenant.workspace(company);
        flat(workspace, "blue");
        flat(other, "blue");
        flat(other, "green");
        Person guest = tenant.guest(company, workspace, WorkspaceAccess.ADMIN);
        String tags = "/api/v2/organizations/" + company.name() + "/tags";
        String blue = guest.asks()
                .get(tags)
                .then()
                .statusCode(200)
                .body("data.attributes.name", contains("blue"))
                .body("data.attributes.instance-count", contains(1))
                .body("meta.pagination.total-count", equalTo(1))
                .extract()
                .path("data[0].id");
        String give = "/api/v2/tags/" + blue + "/relationships/workspaces";
        guest.asks()
                .body("{\"data\":[{\"type\":\"workspaces\",\"id\":\"" + other.id() + "\"}]}")
                .post(give)
                .then()
                .statusCode(404);
        guest.asks().body("{\"data\":[]}").post(give).then().statusCode(422);
        guest.asks()
                .body("{\"data\":[{\"type\":\"tags\",\"id\":\"" + blue + "\"}]}")
                .delete(tags)
                .then()
                .statusCode(403);
    }

    private ValidatableResponse effective() {
        return owner.asks()
                .get(workspaceAddress() + "/effective-tag-bindings")
                .then()
                .statusCode(200);
    }

    private String workspaceAddress() {
        return "/api/v2/workspaces/" + workspace.id();
    }

    private ValidatableResponse bind(String of, String key, String value) {
        return owner.asks()
                .body("{\"data\":[{\"type\":\"tag-bindings\",\"attributes\":{\"key\":\"" + key + "\",\"value\":\""
                        + value + "\"}}]}")
                .patch(of + "/tag-bindings")
                .then();
    }

    private String reserve(String key, boolean disableOverrides) {
        return owner.asks()
                .body(key(key, disableOverrides))
                .post(reserved)
                .then()
                .statusCode(201)
                .body("data.type", equalTo("reserved-tag-keys"))
                .extract()
                .path("data.id");
    }

    private static String key(String key, boolean disableOverrides) {
        return "{\"data\":{\"attributes\":{\"key\":\"" + key + "\",\"disable-overrides\":" + disableOverrides + "}}}";
    }

    private void flat(Workspace of, String name) {
        owner.asks()
                .body("{\"data\":[{\"type\":\"tags\",\"attributes\":{\"name\":\"" + name + "\"}}]}")
                .post("/api/v2/workspaces/" + of.id() + "/relationships/tags")
                .then()
                .statusCode(204);
    }
}
