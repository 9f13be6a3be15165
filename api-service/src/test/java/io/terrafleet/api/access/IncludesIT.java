package io.terrafleet.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.terrafleet.api.access.AccessScene.Kind;
import io.terrafleet.api.access.AccessScene.Scene;
import io.terrafleet.api.run.Runs;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.RunId;
import io.terrafleet.testkit.PlatformResource;
import io.terrafleet.testkit.TarGz;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The {@code include}s that clients ask for: each brings what it names. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class IncludesIT {
    private static final String REGO = "package acme\nimport rego.v1\ndeny contains \"no\" if { false }\n";
    private static final String POLICIES = "policy \"acme\" {\n  query = \"data.acme.deny\"\n}\n";

    /** One for all rows: nothing is changed by reading. */
    private static Scene scene;

    private static Map<String, String> names;

    @Inject
    AccessScene scenes;

    @Inject
    Runs runs;

    @Inject
    Users users;

    @BeforeEach
    void make() {
        if (scene != null) {
            return;
        }
        Scene made = scenes.make();
        names = new HashMap<>(made.names());
        names.put("policy", made(made, "organizations/{organization}/policies", policy(), "{}"));
        ask(made, Kind.OWNER)
                .contentType("application/octet-stream")
                .body(REGO.getBytes(StandardCharsets.UTF_8))
                .put(filled("/api/v2/policies/{policy}/upload"))
                .then()
                .statusCode(200);
        names.put("elsewhere", made(made, "organizations/{organization}/workspaces", "{\"name\":\"elsewhere\"}", "{}"));
        names.put(
                "set",
                made(
                        made,
                        "organizations/{organization}/policy-sets",
                        "{\"name\":\"linked\",\"kind\":\"opa\"}",
                        reach()));
        names.put(
                "versioned",
                made(
                        made,
                        "organizations/{organization}/policy-sets",
                        "{\"name\":\"versioned\",\"kind\":\"opa\"}",
                        "{}"));
        upload(made);
        names.put("client", made(made, "organizations/{organization}/oauth-clients", client(), projects()));
        names.put("provider", made(made, "organizations/{organization}/registry-providers", provider(), "{}"));
        ask(made, Kind.OWNER)
                .body(filled("{\"data\":{\"attributes\":{\"execution-mode\":\"agent\",\"agent-pool-id\":\"{pool}\"}}}"))
                .patch(filled("/api/v2/workspaces/{workspace}"))
                .then()
                .statusCode(200);
        ask(made, Kind.OWNER)
                .body(filled("{\"data\":[{\"type\":\"workspaces\",\"id\":\"{workspace}\"}]}"))
                .post(filled("/api/v2/varsets/{set}/relationships/workspaces"))
                .then()
                .statusCode(204);
        ask(made, Kind.OWNER)
                .body("{\"data\":[{\"type\":\"tag-bindings\",\"attributes\":{\"key\":\"team\",\"value\":\"red\"}}]}")
                .patch(filled("/api/v2/projects/{project}/tag-bindings"))
                .then()
                .statusCode(200);
        names.put(
                "archive",
                runs.find(new RunId(Objects.requireNonNull(names.get("{run}"))))
                        .orElseThrow()
                        .configurationVersionId());
        String owner = users.find(Objects.requireNonNull(names.get("{user}")))
                .orElseThrow()
                .username();
        runs.note(new RunId(Objects.requireNonNull(names.get("{run}"))), "confirmed", owner, "");
        scene = made;
    }

    private static String policy() {
        return "{\"name\":\"acme\",\"kind\":\"opa\",\"query\":\"data.acme.deny\",\"enforcement-level\":\"advisory\"}";
    }

    private static String reach() {
        return """
                {"policies":{"data":[{"type":"policies","id":"{policy}"}]},
                 "workspaces":{"data":[{"type":"workspaces","id":"{workspace}"}]},
                 "projects":{"data":[{"type":"projects","id":"{project}"}]},
                 "workspace-exclusions":{"data":[{"type":"workspaces","id":"{elsewhere}"}]},
                 "project-exclusions":{"data":[{"type":"projects","id":"{project}"}]}}""";
    }

    private static String client() {
        return "{\"service-provider\":\"github\",\"http-url\":\"https://github.com\",\"api-url\":\"https://api.github.com\","
                + "\"oauth-token-string\":\"ghp_secret\",\"organization-scoped\":false}";
    }

    private static String projects() {
        return "{\"projects\":{\"data\":[{\"type\":\"projects\",\"id\":\"{project}\"}]}}";
    }

    private static String provider() {
        return "{\"name\":\"aws\",\"namespace\":\"hashicorp\",\"registry-name\":\"public\"}";
    }

    private static String made(Scene made, String path, String attributes, String relationships) {
        Response answer = ask(made, Kind.OWNER)
                .body(filled("{\"data\":{\"attributes\":" + attributes + ",\"relationships\":" + relationships + "}}"))
                .post("/api/v2/" + filled(path));
        assertThat(answer.statusCode())
                .as("%s: %s", path, answer.body().asString())
                .isEqualTo(201);
        return answer.path("data.id");
    }

    private static void upload(Scene made) {
        String link = ask(made, Kind.OWNER)
                .post(filled("/api/v2/policy-sets/{versioned}/versions"))
                .then()
                .statusCode(201)
                .extract()
                .path("data.links.upload");
        RestAssured.given()
                .urlEncodingEnabled(false)
                .contentType("application/octet-stream")
                .body(TarGz.of(Map.of("acme.rego", REGO, "policies.hcl", POLICIES)))
                .put(URI.create(link).getPath())
                .then()
                .statusCode(200);
    }

    private static RequestSpecification ask(Scene scene, Kind kind) {
        return RestAssured.given()
                .urlEncodingEnabled(false)
                .header("Authorization", "Bearer " + scene.token(kind).orElseThrow())
                .contentType("application/vnd.api+json");
    }

    /** Names in braces are those of the scene, with the braces or without. */
    private static String filled(String text) {
        String filled = text.replace("varsets/{set}", Objects.requireNonNull(names.get("varsets/{set}")))
                .replace("policy-checks/{id}", Objects.requireNonNull(names.get("policy-checks/{id}")))
                .replace("task-stages/{id}", Objects.requireNonNull(names.get("task-stages/{id}")));
        for (Map.Entry<String, String> name : names.entrySet()) {
            String key = name.getKey().startsWith("{") ? name.getKey() : "{" + name.getKey() + "}";
            filled = filled.replace(key, name.getValue());
        }
        return filled;
    }

    private static JsonNode get(Kind kind, String path, String include) throws IOException {
        String address =
                filled("/api/v2/" + path) + (path.contains("?") ? "&" : "?") + "include=" + include.replace(" ", "%2C");
        Response answer = ask(scene, kind).get(address);
        assertThat(answer.statusCode())
                .as("%s: %s", address, answer.body().asString())
                .isEqualTo(200);
        return Json.mapper().readTree(answer.body().asByteArray());
    }

    /** Type and id of all that is included, each once. */
    private static Set<String> included(JsonNode document) {
        Set<String> keys = new HashSet<>();
        document.path("included").forEach(resource -> {
            String key =
                    resource.path("type").asText() + "/" + resource.path("id").asText();
            assertThat(keys.add(key)).as("%s stands there once", key).isTrue();
        });
        return keys;
    }

    @ParameterizedTest(name = "{0}?include={1}")
    @CsvSource({
        "runs/{run},                              plan,                         plans",
        "runs/{run},                              apply,                        applies",
        "runs/{run},                              created_by,                   users",
        "runs/{run},                              confirmed_by,                 users",
        "runs/{run},                              cost_estimate,                cost-estimates",
        "runs/{run},                              configuration_version,        configuration-versions",
        "runs/{run},                              workspace,                    workspaces",
        "runs/{run},                              workspace.organization,       workspaces organizations",
        "runs/{run},                              task_stages,                  task-stages",
        "runs/{run},                              run_events,                   run-events",
        "runs/{run},                              run_events confirmed_by workspace plan, run-events users workspaces plans",
        "workspaces/{workspace}/runs,             plan created_by workspace,    plans users workspaces",
        "organizations/{organization}/runs,       plan created_by workspace,    plans users workspaces",
        "runs/{run}/run-events,                   actor,                        users",
        "policy-checks/{id},                      run,                          runs",
        "policy-checks/{id},                      run.workspace,                runs workspaces",
        "task-stages/{id},                        run run.workspace,            runs workspaces",
        "task-stages/{id},                        policy_evaluations,           policy-evaluations",
        "configuration-versions/{archive},        run,                          runs",
        "workspaces/{workspace}/configuration-versions, run,                    runs",
        "workspaces/{workspace},                  organization,                 organizations",
        "workspaces/{workspace},                  project,                      projects",
        "workspaces/{workspace},                  agent_pool,                   agent-pools",
        "workspaces/{workspace},                  current_run,                  runs",
        "workspaces/{workspace},                  current_run.plan,             runs plans",
        "workspaces/{workspace},                  current_run.apply,            runs applies",
        "workspaces/{workspace},                  current_run.configuration_version, runs configuration-versions",
        "workspaces/{workspace},                  current_configuration_version, configuration-versions",
        "workspaces/{workspace},                  effective_tag_bindings,       effective-tag-bindings",
        "organizations/{organization}/workspaces, effective_tag_bindings project current_run, effective-tag-bindings projects runs",
        "projects/{project},                      effective_tag_bindings,       effective-tag-bindings",
        "organizations/{organization}/projects,   effective_tag_bindings,       effective-tag-bindings",
        "policy-sets/{set},                       policies,                     policies",
        "policy-sets/{set},                       workspaces,                   workspaces",
        "policy-sets/{set},                       projects,                     projects",
        "policy-sets/{set},                       workspace_exclusions,         workspaces",
        "policy-sets/{set},                       project_exclusions,           projects",
        "policy-sets/{versioned},                 current_version,              policy-set-versions",
        "policy-sets/{versioned},                 newest_version,               policy-set-versions",
        "organizations/{organization}/policy-sets, policies workspaces newest_version, policies workspaces policy-set-versions",
        "varsets/{set},                           vars,                         vars",
        "varsets/{set},                           workspaces,                   workspaces",
        "agent-pools/{pool},                      workspaces,                   workspaces",
        "run-triggers/{trigger},                  workspace sourceable,         workspaces",
        "organization-memberships/{membership},   user teams,                   users teams",
        "organizations/{organization}/organization-memberships, user teams,     users teams",
        "organizations/{organization}/teams?filter%5Bnames%5D=owners, users organization-memberships, users organization-memberships",
        "organizations/{organization},            default-project,              projects",
        "oauth-clients/{client},                  oauth_tokens projects,        oauth-tokens projects"
    })
    void bringsWhatItNames(String path, String include, String types) throws IOException {
        assertBrings(Kind.OWNER, path, include, types);
    }

    @ParameterizedTest(name = "{0}?include={1}")
    @CsvSource({
        "admin/users?q={owner},         organizations,                               organizations",
        "admin/organizations/{organization}, owners,                                 users",
        "admin/runs?q={run},            workspace workspace.organization workspace.organization.owners, workspaces organizations users",
        "admin/workspaces/{workspace},  organization current_run organization.owners, organizations runs users"
    })
    void bringsItToSiteAdministrators(String path, String include, String types) throws IOException {
        names.put(
                "owner",
                users.find(Objects.requireNonNull(names.get("{user}")))
                        .orElseThrow()
                        .username());
        assertBrings(Kind.SITE_ADMINISTRATOR, path, include, types);
    }

    private static void assertBrings(Kind kind, String path, String include, String types) throws IOException {
        JsonNode document = get(kind, path, include);
        Set<String> found = new HashSet<>();
        included(document).forEach(key -> found.add(key.substring(0, key.indexOf('/'))));
        assertThat(found).as(document.toPrettyString()).contains(types.split(" "));
        for (String name : include.split(" ")) {
            JsonNode first =
                    document.path("data").isArray() ? document.path("data").path(0) : document.path("data");
            String relationship = name.replace('_', '-').replaceFirst("\\..*", "");
            assertThat(first.path("relationships").path(relationship).has("data"))
                    .as("linkage of %s, without which clients do not see it: %s", relationship, first.toPrettyString())
                    .isTrue();
        }
    }

    @Test
    void theVersionsOfAProviderAreLinked() throws IOException {
        JsonNode document = get(
                Kind.OWNER,
                "organizations/{organization}/registry-providers/public/hashicorp/aws",
                "registry-provider-versions");
        assertThat(document.at("/data/relationships/registry-provider-versions/data")
                        .isArray())
                .isTrue();
    }

    @Test
    void nobodySeesByInclusionWhatTheyMayNotSee() throws IOException {
        JsonNode document = get(Kind.READER, "policy-sets/{set}", "workspaces workspace_exclusions");

        assertThat(included(document)).containsExactly("workspaces/" + names.get("{workspace}"));
        assertThat(included(get(Kind.MEMBER, "policy-sets/{set}", "workspaces workspace_exclusions")))
                .isEmpty();
    }

    @Test
    void namesThatNothingCanHaveAreRefusedAndThoseThatLeadNowhereBringNothing() throws IOException {
        assertThat(included(get(Kind.OWNER, "policy-sets/{set}", "workspaces.nothing.at.all.deep subscription")))
                .allMatch(key -> key.startsWith("workspaces/"));
        for (String refused : new String[] {
            "runs/{run}?include=nothing", "policy-sets/{set}?include=workspaces,nothing", "policy-sets/{set}?include=.."
        }) {
            ask(scene, Kind.OWNER)
                    .get(filled("/api/v2/" + refused))
                    .then()
                    .statusCode(400)
                    .body("errors[0].detail", equalTo("Invalid include parameter"));
        }
    }
}
