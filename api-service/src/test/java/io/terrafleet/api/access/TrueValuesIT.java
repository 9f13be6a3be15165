package io.terrafleet.api.access;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.terrafleet.api.RunTaker;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.Tenant.Company;
import io.terrafleet.api.Tenant.Person;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.contracts.RunId;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Attributes, relationships and parameters that few clients read: each tells what is so, not always the same. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class TrueValuesIT {
    @Inject
    Tenant tenant;

    @Inject
    RunTaker taker;

    private Company company;
    private Person owner;
    private Workspace workspace;

    @BeforeEach
    void make() {
        company = tenant.company();
        owner = company.owner();
        workspace = tenant.workspace(company);
    }

    @Test
    void aRunNamesWhoCanceledIt() {
        taker.configure(company, workspace);
        RunId run = taker.queued(company, workspace);
        get("/api/v2/runs/" + run).body("data.relationships.canceled-by.data", nullValue());
        Person writer = tenant.guest(company, workspace, WorkspaceAccess.WRITE);
        writer.asks()
                .body("{}")
                .post("/api/v2/runs/" + run + "/actions/cancel")
                .then()
                .statusCode(202);
        get("/api/v2/runs/" + run + "?include=canceled_by")
                .body(
                        "data.relationships.canceled-by.data.id",
                        equalTo(writer.principal().id()))
                .body("included.id", hasItem(writer.principal().id()));
        get("/api/v2/workspaces/" + workspace.id() + "/runs")
                .body(
                        "data[0].relationships.canceled-by.data.id",
                        equalTo(writer.principal().id()));
    }

    @Test
    void aCommentIsAnEventOfItsRun() {
        taker.configure(company, workspace);
        RunId run = taker.queued(company, workspace);
        String comment = post("/api/v2/runs/" + run + "/comments", "{\"body\":\"looks odd\"}", "{}");
        String event = get("/api/v2/comments/" + comment).extract().path("data.relationships.run-event.data.id");
        get("/api/v2/run-events/" + event)
                .body("data.attributes.action", equalTo("commented"))
                .body("data.relationships.comment.data.id", equalTo(comment))
                .body(
                        "data.relationships.actor.data.id",
                        equalTo(owner.principal().id()));
        get("/api/v2/runs/" + run + "/run-events").body("data.id", contains(event));
    }

    @Test
    void aStateNamesItsNeighbours() {
        owner.asks()
                .body("{}")
                .post("/api/v2/workspaces/" + workspace.id() + "/actions/lock")
                .then()
                .statusCode(200);
        String first = state(1);
        String second = state(2);
        String third = state(3);
        get("/api/v2/state-versions/" + second)
                .body("data.relationships.previous-state-version.data.id", equalTo(first))
                .body("data.relationships.next-state-version.data.id", equalTo(third))
                .body("data.attributes.vcs-commit-sha", nullValue());
        get("/api/v2/state-versions/" + first).body("data.relationships.previous-state-version.data", nullValue());
        get("/api/v2/workspaces/" + workspace.id() + "/current-state-version")
                .body("data.relationships.next-state-version.data", nullValue())
                .body("data.relationships.previous-state-version.data.id", equalTo(second));
        get("/api/v2/state-versions?filter[organization][name]=" + company.name() + "&filter[workspace][name]="
                        + workspace.name())
                .body("data.relationships.previous-state-version.data.id", contains(second, first));
    }

    @Test
    void aVariableNamesWhatItStandsInPlaceOf() {
        String own = post("/api/v2/workspaces/" + workspace.id() + "/vars", variable("region"), "{}");
        String alone = post("/api/v2/workspaces/" + workspace.id() + "/vars", variable("size"), "{}");
        String set = post(
                "/api/v2/organizations/" + company.name() + "/varsets", "{\"name\":\"all\",\"global\":true}", "{}");
        String weak = post("/api/v2/varsets/" + set + "/relationships/vars", variable("region"), "{}");
        String of = "data.find { it.id == '%s' }.relationships.";
        get("/api/v2/workspaces/" + workspace.id() + "/all-vars")
                .body(of.formatted(own) + "overwritten.data.id", contains(weak))
                .body(
                        of.formatted(own) + "workspace.data.id",
                        equalTo(workspace.id().value()))
                .body(of.formatted(weak) + "overwriter.data.id", equalTo(own))
                .body(of.formatted(weak) + "overwritten.data", empty())
                .body(of.formatted(alone) + "overwritten.data", empty());
    }

    @Test
    void variableSetsAreFilteredByReach() {
        String sets = "/api/v2/organizations/" + company.name() + "/varsets";
        String all = post(sets, "{\"name\":\"all\",\"global\":true}", "{}");
        String some = post(sets, "{\"name\":\"some\",\"global\":false}", "{}");
        get(sets).body("data.id", containsInAnyOrder(all, some));
        get(sets + "?filter[global]=true")
                .body("data.id", contains(all))
                .body("meta.pagination.total-count", equalTo(1));
        get(sets + "?filter[global]=false").body("data.id", contains(some));
        refused(sets + "?filter[global]=perhaps", "filter[global] must be true or false");
    }

    @Test
    void theStageAfterThePlanNamesTheEstimate() {
        taker.configure(company, workspace);
        RunId run = taker.queued(company, workspace);
        String stage = get("/api/v2/runs/" + run).extract().path("data.relationships.task-stages.data[0].id");
        get("/api/v2/task-stages/" + stage + "?include=cost_estimate")
                .body(
                        "data.relationships.cost-estimate.data.id",
                        equalTo(taker.find(run).sibling("ce")));
    }

    @Test
    void aTokenSaysWhatItStandsFor() {
        as(owner.token())
                .body(
                        "data.relationships.authenticated-resource.data.id",
                        equalTo(owner.principal().id()));
        String team = post("/api/v2/organizations/" + company.name() + "/teams", "{\"name\":\"devs\"}", "{}");
        as(secret("/api/v2/teams/" + team + "/authentication-token"))
                .body("data.relationships.authenticated-resource.data.type", equalTo("teams"))
                .body("data.relationships.authenticated-resource.data.id", equalTo(team));
        as(secret("/api/v2/organizations/" + company.name() + "/authentication-token"))
                .body("data.relationships.authenticated-resource.data.type", equalTo("organizations"))
                .body("data.relationships.authenticated-resource.data.id", equalTo(company.name()));
    }

    @Test
    void whoIsToldByMailIsKnownToWhoManagesMembers() {
        Person admin = tenant.guest(company, workspace, WorkspaceAccess.ADMIN);
        String configuration = post(
                "/api/v2/workspaces/" + workspace.id() + "/notification-configurations",
                "{\"name\":\"mail\",\"destination-type\":\"email\",\"enabled\":false,\"email-addresses\":[\"desk@example.com\"]}",
                "{\"users\":{\"data\":[{\"type\":\"users\",\"id\":\""
                        + owner.principal().id() + "\"}]}}");
        String address = owner.principal().name() + "@example.com";
        get("/api/v2/notification-configurations/" + configuration)
                .body("data.attributes.external-email-addresses", contains("desk@example.com"))
                .body("data.attributes.user-email-addresses", contains(address));
        admin.asks()
                .get("/api/v2/notification-configurations/" + configuration)
                .then()
                .statusCode(200)
                .body("data.attributes.user-email-addresses", empty());
    }

    @Test
    void organizationsNameWhoseModulesTheyMayTake() {
        Company other = tenant.company();
        Company third = tenant.company();
        Person root = tenant.siteAdministrator();
        root.asks()
                .body("{\"data\":[{\"type\":\"organizations\",\"id\":\"" + company.name() + "\"}]}")
                .patch("/api/v2/admin/organizations/" + other.name() + "/relationships/module-consumers")
                .then()
                .statusCode(204);
        get("/api/v2/organizations/" + company.name() + "/relationships/module-producers")
                .body("data.id", hasItem(other.name()))
                .body("data.id", not(hasItem(third.name())))
                .body("data.find { it.id == '" + other.name() + "' }.attributes", not(hasKey("email")));
        other.owner()
                .asks()
                .get("/api/v2/organizations/" + other.name())
                .then()
                .body("data.attributes.module-consuming-organizations-count", equalTo(1));
        get("/api/v2/organizations/" + company.name())
                .body("data.attributes.module-consuming-organizations-count", equalTo(0));
    }

    @Test
    void projectsAreCountedAndFilteredByWhatOneMay() {
        String projects = "/api/v2/organizations/" + company.name() + "/projects";
        String mine = post(projects, "{\"name\":\"mine\"}", "{}");
        Person maintainer = tenant.maintainer(company, mine);
        tenant.guest(company, workspace, WorkspaceAccess.READ);
        get("/api/v2/projects/" + tenant.standardProject(company))
                .body("data.attributes.workspace-count", equalTo(1))
                .body("data.attributes.team-count", equalTo(0));
        get("/api/v2/projects/" + mine)
                .body("data.attributes.workspace-count", equalTo(0))
                .body("data.attributes.team-count", equalTo(1));
        maintainer
                .asks()
                .get(projects + "?filter[permissions][create-workspace]=true")
                .then()
                .statusCode(200)
                .body("data.id", contains(mine))
                .body("meta.pagination.total-count", equalTo(1));
        maintainer
                .asks()
                .get(projects + "?filter[permissions][update]=true")
                .then()
                .statusCode(200)
                .body("data", empty());
        get(projects + "?filter[permissions][update]=true").body("meta.pagination.total-count", equalTo(2));
        refused(projects + "?sort=age", "sort must be name, or -name");
        refused(projects + "?filter[permissions][update]=maybe", "filter[permissions][update] must be true or false");
    }

    @Test
    void whatATeamMayIsListedForTheTeam() {
        String team = post("/api/v2/organizations/" + company.name() + "/teams", "{\"name\":\"devs\"}", "{}");
        String both = "{\"team\":{\"data\":{\"type\":\"teams\",\"id\":\"" + team + "\"}},";
        String here = post(
                "/api/v2/team-workspaces",
                "{\"access\":\"read\"}",
                both + "\"workspace\":{\"data\":{\"type\":\"workspaces\",\"id\":\"" + workspace.id() + "\"}}}");
        String there = post(
                "/api/v2/team-projects",
                "{\"access\":\"read\"}",
                both + "\"project\":{\"data\":{\"type\":\"projects\",\"id\":\"" + tenant.standardProject(company)
                        + "\"}}}");
        get("/api/v2/team-workspaces?filter[team][id]=" + team).body("data.id", contains(here));
        get("/api/v2/team-projects?filter[team][id]=" + team).body("data.id", contains(there));
        get("/api/v2/team-workspaces?filter[workspace][id]=" + workspace.id() + "&filter[team][id]=team-other")
                .body("data", empty());
        String elsewhere = "/api/v2/team-workspaces?filter[team][id]=" + team;
        tenant.company().owner().asks().get(elsewhere).then().statusCode(404);
        refused("/api/v2/team-workspaces", "filter[workspace][id] or filter[team][id] is required");
        refused("/api/v2/team-projects", "filter[project][id] or filter[team][id] is required");
    }

    @Test
    void teamTokensAreFilteredByTheirEnd() {
        String team = post("/api/v2/organizations/" + company.name() + "/teams", "{\"name\":\"devs\"}", "{}");
        String never = token(team, "never", "null");
        String soon = token(team, "soon", quoted(Duration.ofDays(3)));
        String later = token(team, "later", quoted(Duration.ofDays(20)));
        String list = "/api/v2/organizations/" + company.name() + "/team-tokens?filter[expiry_status]=";
        get(list + "active").body("data.id", containsInAnyOrder(never, soon, later));
        get(list + "expiring_in_7_days").body("data.id", contains(soon));
        get(list + "expiring_in_30_days").body("data.id", containsInAnyOrder(soon, later));
        get(list + "no_expiration,expiring_in_7_days").body("meta.pagination.total-count", equalTo(2));
        get(list + "expired").body("data", empty());
        refused(list + "rotten", "filter[expiry_status] must be among active");
    }

    @Test
    void aSharedStateHasMoreConsumersThanAreNamed() {
        Workspace second = tenant.workspace(company);
        String consumers = "/api/v2/workspaces/" + workspace.id() + "/relationships/remote-state-consumers";
        get(consumers).body("data", empty());
        owner.asks()
                .body("{\"data\":{\"attributes\":{\"global-remote-state\":true}}}")
                .patch("/api/v2/workspaces/" + workspace.id())
                .then()
                .statusCode(200);
        get(consumers).body("data.id", contains(second.id().value()));
        get(consumers + "?show_only_configured=true").body("data", empty());
    }

    @Test
    void aConnectionNamesWhoFollowsOverIt() {
        String client = post(
                "/api/v2/organizations/" + company.name() + "/oauth-clients",
                "{\"service-provider\":\"github\",\"http-url\":\"https://github.com\",\"api-url\":\"https://api.github.com\","
                        + "\"oauth-token-string\":\"ghp_secret\"}",
                "{}");
        get("/api/v2/oauth-clients/" + client).body("data.attributes", not(hasKey("affected-workspaces")));
        get("/api/v2/oauth-clients/" + client + "?show_affected_workspaces=true")
                .body("data.attributes.affected-workspaces", empty())
                .body("data.attributes.affected-workspaces-count", equalTo(0));
    }

    @Test
    void aPolicySetVersionSaysWhenItBecameWhatItIs() {
        String set = post(
                "/api/v2/organizations/" + company.name() + "/policy-sets", "{\"name\":\"v\",\"kind\":\"opa\"}", "{}");
        String version = post("/api/v2/policy-sets/" + set + "/versions", "{}", "{}");
        get("/api/v2/policy-set-versions/" + version)
                .body("data.attributes.status-timestamps.pending-at", notNullValue())
                .body("data.attributes.status-timestamps", not(hasKey("ready-at")))
                .body("data.attributes.ingress-attributes", nullValue());
    }

    @Test
    void aTaskIsAskedByThePlatformItself() {
        owner.asks()
                .body(
                        "{\"data\":{\"attributes\":{\"name\":\"scan\",\"url\":\"https://example.com/\",\"category\":\"task\",\"enabled\":false},"
                                + "\"relationships\":{\"agent-pool\":{\"data\":{\"type\":\"agent-pools\",\"id\":\"apool-1\"}}}}}")
                .post("/api/v2/organizations/" + company.name() + "/tasks")
                .then()
                .statusCode(422)
                .body("errors[0].source.pointer", equalTo("/data/relationships/agent-pool"));
    }

    @Test
    void anIncludeThatNothingHasIsRefused() {
        refused("/api/v2/organizations/" + company.name() + "/projects?include=bogus", "Invalid include parameter");
        refused("/api/v2/organizations/" + company.name() + "?include=bogus.more", "Invalid include parameter");
        get("/api/v2/organizations/" + company.name() + "?include=subscription");
        get("/api/v2/organizations/" + company.name() + "/varsets?include=bogus")
                .body("data", empty());
    }

    @Test
    void theQueueIsCutIntoPagesForWhoAsks() {
        String queue = "/api/v2/organizations/" + company.name() + "/runs/queue";
        taker.configure(company, workspace);
        taker.queued(company, workspace);
        taker.queued(company, workspace);
        get(queue).body("data.size()", equalTo(2));
        get(queue + "?page[size]=1").body("data.size()", equalTo(1)).body("meta.pagination.total-pages", equalTo(2));
        refused(queue + "?page[size]=0", "page[size] must be a number from 1");
    }

    private ValidatableResponse get(String path) {
        return owner.asks().get(path).then().statusCode(200);
    }

    private void refused(String path, String why) {
        owner.asks().get(path).then().statusCode(400).body("errors[0].detail", containsString(why));
    }

    private static ValidatableResponse as(String token) {
        return RestAssured.given()
                .header("Authorization", "Bearer " + token)
                .get("/api/v2/account/details")
                .then()
                .statusCode(200);
    }

    private String secret(String path) {
        return owner.asks()
                .body("{}")
                .post(path)
                .then()
                .statusCode(201)
                .extract()
                .path("data.attributes.token");
    }

    private String token(String team, String description, String end) {
        return post(
                "/api/v2/teams/" + team + "/authentication-tokens",
                "{\"description\":\"" + description + "\",\"expired-at\":" + end + "}",
                "{}");
    }

    private static String quoted(Duration ahead) {
        return "\"" + Instant.now().plus(ahead) + "\"";
    }

    private static String variable(String key) {
        return "{\"key\":\"" + key + "\",\"value\":\"x\",\"category\":\"terraform\"}";
    }

    private String state(int serial) {
        byte[] state = ("{\"version\":4,\"terraform_version\":\"1.11.4\",\"serial\":" + serial
                        + ",\"lineage\":\"one\",\"outputs\":{},\"resources\":[]}")
                .getBytes(StandardCharsets.UTF_8);
        return post(
                "/api/v2/workspaces/" + workspace.id() + "/state-versions",
                "{\"serial\":" + serial + ",\"lineage\":\"one\",\"md5\":\"" + md5(state) + "\",\"state\":\""
                        + Base64.getEncoder().encodeToString(state) + "\"}",
                "{}");
    }

    private static String md5(byte[] content) {
        try {
            return HexFormat.of()
                    .formatHex(java.security.MessageDigest.getInstance("MD5").digest(content));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private String post(String path, String attributes, String relationships) {
        return owner.asks()
                .body("{\"data\":{\"attributes\":" + attributes + ",\"relationships\":" + relationships + "}}")
                .post(path)
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
    }
}
