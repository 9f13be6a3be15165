package io.terrafleet.api.variable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.Tenant.Company;
import io.terrafleet.api.Tenant.Person;
import io.terrafleet.api.access.Role;
import io.terrafleet.api.access.WorkspaceAccess;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.runner.Claim;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class VariableSetIT {
    @Inject
    Tenant tenant;

    @Inject
    Variables variables;

    @Inject
    Workspaces workspaces;

    private Company company;
    private Person owner;
    private Workspace workspace;
    private String sets;

    @BeforeEach
    void makeWorkspace() {
        company = tenant.company();
        owner = company.owner();
        workspace = tenant.workspace(company);
        sets = "/api/v2/organizations/" + company.name() + "/varsets";
    }

    @Test
    void aSetIsMadeWithItsVariablesShownChangedAndDeleted() {
        String id = create(
                "shared",
                "\"global\":false,\"description\":\"for all\"",
                "\"workspaces\":{\"data\":[{\"type\":\"workspaces\",\"id\":\"" + workspace.id() + "\"}]},"
                        + "\"vars\":{\"data\":[{\"type\":\"vars\",\"attributes\":{\"key\":\"region\",\"value\":\"eu\",\"category\":\"terraform\"}}]}");
        owner.asks()
                .get("/api/v2/varsets/" + id + "?include=vars")
                .then()
                .statusCode(200)
                .body("data.type", equalTo("varsets"))
                .body("data.attributes.description", equalTo("for all"))
                .body("data.attributes.var-count", equalTo(1))
                .body("data.attributes.workspace-count", equalTo(1))
                .body(
                        "data.relationships.workspaces.data.id",
                        contains(workspace.id().value()))
                .body("data.relationships.parent.data.id", equalTo(company.name()))
                .body("included[0].attributes.key", equalTo("region"))
                .body("included[0].relationships.varset.data.id", equalTo(id));
        owner.asks()
                .body(
                        "{\"data\":{\"attributes\":{\"name\":\"renamed\",\"priority\":true},\"relationships\":{\"workspaces\":{\"data\":[]}}}}")
                .patch("/api/v2/varsets/" + id)
                .then()
                .statusCode(200)
                .body("data.attributes.name", equalTo("renamed"))
                .body("data.attributes.priority", equalTo(true))
                .body("data.relationships.workspaces.data", empty());
        owner.asks().get(sets + "?q=REN").then().body("data.id", contains(id));
        owner.asks().get(sets + "?q=nothing").then().body("data", empty());
        owner.asks().delete("/api/v2/varsets/" + id).then().statusCode(204);
        owner.asks().get("/api/v2/varsets/" + id).then().statusCode(404);
    }

    @Test
    void runsGetWhatThePrecedenceSays() {
        String everywhere = create("everywhere", "\"global\":true", "");
        String here = create("here", "\"global\":false", "");
        String must = create("must", "\"global\":true,\"priority\":true", "");
        apply(here, "workspaces", workspace.id().value());
        put(everywhere, "a", "everywhere");
        put(everywhere, "b", "everywhere");
        put(everywhere, "c", "everywhere");
        put(everywhere, "d", "everywhere");
        put(here, "b", "here");
        put(here, "c", "here");
        put(must, "d", "must");
        own("c", "own");
        own("d", "own");
        assertThat(values(List.of())).containsExactly("a=everywhere", "b=here", "c=own", "d=must");
        Claim.Variable given = new Claim.Variable("c", "\"given\"", "terraform", true, false);
        Claim.Variable beaten = new Claim.Variable("d", "\"given\"", "terraform", true, false);
        assertThat(values(List.of(given, beaten))).containsExactly("a=everywhere", "b=here", "c=\"given\"", "d=must");
    }

    @Test
    void allVarsShowsEveryOneAndWhichTakesItsPlace() {
        String set = create("shared", "\"global\":true", "");
        put(set, "region", "shared");
        put(set, "zone", "shared");
        String mine = own("region", "mine");
        owner.asks()
                .get("/api/v2/workspaces/" + workspace.id() + "/all-vars")
                .then()
                .statusCode(200)
                .body("data", hasSize(3))
                .body("data[0].id", equalTo(mine))
                .body("data[1].attributes.value", equalTo("shared"))
                .body("data[1].relationships.overwriter.data.id", equalTo(mine))
                .body("data[2].attributes.key", equalTo("zone"))
                .body("data[2].relationships.varset.data.id", equalTo(set));
        owner.asks()
                .get("/api/v2/workspaces/" + workspace.id() + "/vars")
                .then()
                .body("data.id", contains(mine));
    }

    @Test
    void setsReachAWorkspaceByNameByProjectAndGlobally() {
        String global = create("global", "\"global\":true", "");
        String byName = create("by-name", "\"global\":false", "");
        String byProject = create("by-project", "\"global\":false", "");
        create("elsewhere", "\"global\":false", "");
        apply(byName, "workspaces", workspace.id().value());
        apply(byProject, "projects", workspace.projectId());
        owner.asks()
                .get("/api/v2/workspaces/" + workspace.id() + "/varsets")
                .then()
                .body("data.id", containsInAnyOrder(global, byName, byProject));
        owner.asks()
                .get("/api/v2/projects/" + workspace.projectId() + "/varsets")
                .then()
                .body("data.id", containsInAnyOrder(global, byProject));
        owner.asks()
                .body("{\"data\":[{\"type\":\"projects\",\"id\":\"" + workspace.projectId() + "\"}]}")
                .delete("/api/v2/varsets/" + byProject + "/relationships/projects")
                .then()
                .statusCode(204);
        owner.asks()
                .get("/api/v2/workspaces/" + workspace.id() + "/varsets")
                .then()
                .body("data.id", containsInAnyOrder(global, byName));
    }

    @Test
    void aProjectsOwnSetReachesItsWorkspacesOnly() {
        String owned = create(
                "owned",
                "\"global\":true",
                "\"parent\":{\"data\":{\"type\":\"projects\",\"id\":\"" + workspace.projectId() + "\"}}");
        put(owned, "region", "owned");
        assertThat(values(List.of())).containsExactly("region=owned");
        String other = owner.asks()
                .body("{\"data\":{\"attributes\":{\"name\":\"other\"}}}")
                .post("/api/v2/organizations/" + company.name() + "/projects")
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
        owner.asks()
                .body("{\"data\":[{\"type\":\"projects\",\"id\":\"" + other + "\"}]}")
                .post("/api/v2/varsets/" + owned + "/relationships/projects")
                .then()
                .statusCode(422);
        owner.asks()
                .body("{\"data\":{\"relationships\":{\"project\":{\"data\":{\"type\":\"projects\",\"id\":\"" + other
                        + "\"}}}}}")
                .patch("/api/v2/workspaces/" + workspace.id())
                .then()
                .statusCode(200);
        assertThat(values(List.of())).isEmpty();
    }

    @Test
    void aSensitiveValueOfASetIsNeverShown() {
        String set = create("secret", "\"global\":true", "");
        String shown = owner.asks()
                .body(
                        "{\"data\":{\"attributes\":{\"key\":\"p\",\"value\":\"hunter2-hunter2\",\"category\":\"env\",\"sensitive\":true}}}")
                .post("/api/v2/varsets/" + set + "/relationships/vars")
                .then()
                .statusCode(201)
                .body("data.attributes.value", nullValue())
                .extract()
                .asString();
        assertThat(shown).doesNotContain("hunter2");
        assertThat(variables.forRun(workspace))
                .containsExactly(new Claim.Variable("p", "hunter2-hunter2", "env", false, true));
    }

    @Test
    void aVariableOfASetIsReachedOnlyThroughItsSet() {
        String set = create("one", "\"global\":true", "");
        String another = create("two", "\"global\":true", "");
        String id = put(set, "a", "1");
        String address = "/relationships/vars/" + id;
        owner.asks().get("/api/v2/varsets/" + another + address).then().statusCode(404);
        owner.asks()
                .get("/api/v2/workspaces/" + workspace.id() + "/vars/" + id)
                .then()
                .statusCode(404);
        owner.asks().delete("/api/v2/vars/" + id).then().statusCode(404);
        owner.asks()
                .body("{\"data\":{\"attributes\":{\"value\":\"2\"}}}")
                .patch("/api/v2/varsets/" + set + address)
                .then()
                .statusCode(200)
                .body("data.attributes.value", equalTo("2"));
        owner.asks().delete("/api/v2/varsets/" + set + address).then().statusCode(204);
        owner.asks().get("/api/v2/varsets/" + set + address).then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":{\"attributes\":{\"global\":true}}}",
                "{\"data\":{\"attributes\":{\"name\":\"taken\"}}}",
                "{\"data\":{\"attributes\":{\"name\":\"TAKEN\"}}}",
                "{\"data\":{\"attributes\":{\"name\":\"x\",\"priority\":\"yes\"}}}",
                "{\"data\":{\"attributes\":{\"name\":\"x\"},\"relationships\":{\"workspaces\":{\"data\":[{\"id\":\"ws-0000000000000000\"}]}}}}",
                "{\"data\":{\"attributes\":{\"name\":\"x\"},\"relationships\":{\"projects\":{\"data\":[{\"type\":\"projects\"}]}}}}",
                "{\"data\":{\"attributes\":{\"name\":\"x\"},\"relationships\":{\"parent\":{\"data\":{\"type\":\"teams\",\"id\":\"a\"}}}}}",
                "{\"data\":{\"attributes\":{\"name\":\"x\"},\"relationships\":{\"vars\":{\"data\":[{\"type\":\"vars\",\"attributes\":{\"value\":\"1\"}}]}}}}"
            })
    void whatIsWrongIsRefusedAndLeavesNothing(String body) {
        create("taken", "\"global\":false", "");
        owner.asks().body(body).post(sets).then().statusCode(422);
        owner.asks().get(sets).then().body("data.attributes.name", contains("taken"));
    }

    @Test
    void whoMayOnlyReadChangesNothingAndStrangersSeeNothing() {
        String id = create("shared", "\"global\":true", "");
        Person reader = tenant.member(company, Role.READER);
        Person stranger = tenant.company().owner();
        reader.asks()
                .get("/api/v2/varsets/" + id)
                .then()
                .statusCode(200)
                .body("data.attributes.permissions.can-update", equalTo(false));
        reader.asks().delete("/api/v2/varsets/" + id).then().statusCode(403);
        stranger.asks().get("/api/v2/varsets/" + id).then().statusCode(404);
        stranger.asks().get(sets).then().statusCode(404);
        Workspace foreign = tenant.workspace(tenant.company());
        owner.asks()
                .body("{\"data\":[{\"type\":\"workspaces\",\"id\":\"" + foreign.id() + "\"}]}")
                .post("/api/v2/varsets/" + id + "/relationships/workspaces")
                .then()
                .statusCode(422);
    }

    @Test
    void whoSeesOneWorkspaceSeesTheSetsThatReachItThere() {
        String id = create("shared", "\"global\":true", "");
        Person guest = tenant.guest(company, workspace, WorkspaceAccess.READ);
        String reaching = "/api/v2/workspaces/" + workspace.id() + "/varsets";
        guest.asks().get(reaching).then().statusCode(200).body("data.id", contains(id));
        guest.asks().get("/api/v2/varsets/" + id).then().statusCode(403);
        guest.asks().get(sets).then().statusCode(403);
        Workspace other = tenant.workspace(company);
        guest.asks().get("/api/v2/workspaces/" + other.id() + "/varsets").then().statusCode(404);
    }

    @Test
    void aProjectsSetsAreManagedByWhoMaintainsTheProject() {
        String project = tenant.standardProject(company);
        Person maintainer = tenant.maintainer(company, project);
        String owned = "\"parent\":{\"data\":{\"type\":\"projects\",\"id\":\"" + project + "\"}}";
        String set = "{\"data\":{\"attributes\":{\"name\":\"ours\"},\"relationships\":{%s}}}";
        maintainer.asks().body(set.formatted("")).post(sets).then().statusCode(403);
        String id = maintainer
                .asks()
                .body(set.formatted(owned))
                .post(sets)
                .then()
                .statusCode(201)
                .body("data.attributes.permissions.can-update", equalTo(true))
                .extract()
                .path("data.id");
        maintainer.asks().get("/api/v2/varsets/" + id).then().statusCode(200);
        maintainer.asks().delete("/api/v2/varsets/" + id).then().statusCode(204);
    }

    private List<String> values(List<Claim.Variable> given) {
        Workspace now = workspaces.find(workspace.id()).orElseThrow();
        return variables.forRun(now, given).stream()
                .map(variable -> variable.key() + "=" + variable.value())
                .toList();
    }

    private String create(String name, String attributes, String relationships) {
        return owner.asks()
                .body("{\"data\":{\"type\":\"varsets\",\"attributes\":{\"name\":\"" + name + "\"," + attributes
                        + "},\"relationships\":{" + relationships + "}}}")
                .post(sets)
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
    }

    private void apply(String set, String kind, String target) {
        owner.asks()
                .body("{\"data\":[{\"type\":\"" + kind + "\",\"id\":\"" + target + "\"}]}")
                .post("/api/v2/varsets/" + set + "/relationships/" + kind)
                .then()
                .statusCode(204);
    }

    private String put(String set, String key, String value) {
        return variable("/api/v2/varsets/" + set + "/relationships/vars", key, value);
    }

    private String own(String key, String value) {
        return variable("/api/v2/workspaces/" + workspace.id() + "/vars", key, value);
    }

    private String variable(String address, String key, String value) {
        return owner.asks()
                .body("{\"data\":{\"type\":\"vars\",\"attributes\":{\"key\":\"" + key + "\",\"value\":\"" + value
                        + "\",\"category\":\"terraform\"}}}")
                .post(address)
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
    }
}
