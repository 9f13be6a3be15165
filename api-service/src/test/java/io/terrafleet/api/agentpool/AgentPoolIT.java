package io.terrafleet.api.agentpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.RunTaker;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.Tenant.Company;
import io.terrafleet.api.Tenant.Person;
import io.terrafleet.api.access.Role;
import io.terrafleet.api.run.RunReading;
import io.terrafleet.api.run.Runs;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.contracts.InternalKey;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.RunId;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class AgentPoolIT {
    @Inject
    Tenant tenant;

    @Inject
    RunTaker taker;

    @Inject
    Runs runs;

    @Inject
    RunReading reading;

    @Inject
    @Identifier("api")
    InternalKey key;

    private Company company;
    private Person owner;
    private Workspace workspace;
    private String address;

    @BeforeEach
    void makeWorkspace() {
        company = tenant.company();
        owner = company.owner();
        workspace = tenant.workspace(company);
        address = "/api/v2/organizations/" + company.name() + "/agent-pools";
    }

    @Test
    void aPoolIsMadeScopedFoundAndDeleted() {
        String id = pool("eu-west", "");
        String other = pool(
                "us-east",
                ",\"organization-scoped\":false},\"relationships\":{\"allowed-workspaces\":{\"data\":[{\"type\":\"workspaces\",\"id\":\""
                        + workspace.id() + "\"}]}}");
        owner.asks()
                .get("/api/v2/agent-pools/" + other)
                .then()
                .statusCode(200)
                .body("data.attributes.organization-scoped", equalTo(false))
                .body("data.attributes.agent-count", equalTo(0))
                .body(
                        "data.relationships.allowed-workspaces.data.id",
                        contains(workspace.id().value()))
                .body("data.relationships.organization.data.id", equalTo(company.name()));
        owner.asks().get(address + "?q=WEST").then().body("data.id", contains(id));
        owner.asks().get(address + "?sort=-created-at").then().body("data.id", contains(other, id));
        owner.asks().get(address + "?sort=colour").then().statusCode(400);
        owner.asks()
                .get(address + "?filter%5Ballowed_workspaces%5D%5Bname%5D=nobody")
                .then()
                .body("data.id", contains(id));
        exclude(id);
        owner.asks()
                .get(address + "?filter%5Ballowed_workspaces%5D%5Bname%5D=" + workspace.name())
                .then()
                .body("data.id", contains(other));
        owner.asks()
                .body("{\"data\":{\"attributes\":{\"name\":\"US-East\"}}}")
                .patch("/api/v2/agent-pools/" + id)
                .then()
                .statusCode(422)
                .body("errors[0].detail", equalTo("Name has already been taken"));
        owner.asks().delete("/api/v2/agent-pools/" + id).then().statusCode(204);
        owner.asks().get("/api/v2/agent-pools/" + id).then().statusCode(404);
    }

    private void exclude(String pool) {
        owner.asks()
                .body(
                        "{\"data\":{\"relationships\":{\"excluded-workspaces\":{\"data\":[{\"type\":\"workspaces\",\"id\":\""
                                + workspace.id() + "\"}]}}}}")
                .patch("/api/v2/agent-pools/" + pool)
                .then()
                .statusCode(200)
                .body(
                        "data.relationships.excluded-workspaces.data.id",
                        contains(workspace.id().value()));
    }

    @Test
    void whatBelongsToOthersCannotBeNamed() {
        Company stranger = tenant.company();
        Workspace theirs = tenant.workspace(stranger);
        owner.asks()
                .body(
                        "{\"data\":{\"attributes\":{\"name\":\"x\"},\"relationships\":{\"allowed-workspaces\":{\"data\":[{\"id\":\""
                                + theirs.id() + "\"}]}}}}")
                .post(address)
                .then()
                .statusCode(422);
        owner.asks().get(address).then().body("data", empty());
        String id = pool("ours", "");
        stranger.owner().asks().get("/api/v2/agent-pools/" + id).then().statusCode(404);
        Person reader = tenant.member(company, Role.READER);
        reader.asks().get("/api/v2/agent-pools/" + id).then().statusCode(200);
        reader.asks()
                .get("/api/v2/agent-pools/" + id + "/authentication-tokens")
                .then()
                .statusCode(403);
        reader.asks().delete("/api/v2/agent-pools/" + id).then().statusCode(403);
    }

    @Test
    void aTokenLetsAnAgentInUntilItIsRevoked() {
        String pool = pool("p", "");
        var made = token(pool);
        String secret = made.extract().path("data.attributes.token");
        String token = made.extract().path("data.id");
        String agent = register(secret, "host-1");
        owner.asks()
                .get("/api/v2/agent-pools/" + pool + "/agents")
                .then()
                .body("data.id", contains(agent))
                .body("data.attributes.status", contains("idle"))
                .body("data.attributes.ip-address", contains(notNullValue()));
        owner.asks().get("/api/v2/agents/" + agent).then().body("data.attributes.name", equalTo("host-1"));
        owner.asks().get("/api/v2/agent-pools/" + pool).then().body("data.attributes.agent-count", equalTo(1));
        owner.asks().delete("/api/v2/agents/" + agent).then().statusCode(409);
        agent(token(pool("q", "")).extract().path("data.attributes.token"))
                .asks()
                .body("{}")
                .post("/api/agent/v1/agents/" + agent + "/jobs")
                .then()
                .statusCode(404);
        agent(secret).asks().delete("/api/agent/v1/agents/" + agent).then().statusCode(204);
        owner.asks().get("/api/v2/agents/" + agent).then().body("data.attributes.status", equalTo("exited"));
        owner.asks().delete("/api/v2/authentication-tokens/" + token).then().statusCode(204);
        agent(secret)
                .asks()
                .body("{\"name\":\"again\"}")
                .post("/api/agent/v1/agents")
                .then()
                .statusCode(401);
    }

    @Test
    void aWorkspaceIsToldWhatAgentModeNeeds() {
        String pool = pool("p", "");
        set("\"execution-mode\":\"agent\"")
                .statusCode(422)
                .body("errors[0].detail", containsString("must be specified when using 'agent' execution mode"));
        set("\"execution-mode\":\"remote\",\"agent-pool-id\":\"" + pool + "\"")
                .statusCode(422)
                .body("errors[0].detail", containsString("must not be specified unless using 'agent' execution mode"));
        set("\"execution-mode\":\"agent\",\"agent-pool-id\":\"apool-0000000000000000\"")
                .statusCode(422)
                .body("errors[0].detail", containsString("The provided agent pool does not exist"));
        set("\"setting-overwrites\":{\"execution-mode\":true,\"agent-pool\":false}")
                .statusCode(422);
        set("\"execution-mode\":\"agent\",\"agent-pool-id\":\"" + pool + "\"")
                .statusCode(200)
                .body("data.attributes.execution-mode", equalTo("agent"))
                .body("data.attributes.setting-overwrites.agent-pool", equalTo(true))
                .body("data.relationships.agent-pool.data.id", equalTo(pool));
        owner.asks()
                .get("/api/v2/agent-pools/" + pool)
                .then()
                .body(
                        "data.relationships.workspaces.data.id",
                        contains(workspace.id().value()));
        owner.asks().delete("/api/v2/agent-pools/" + pool).then().statusCode(409);
        set("\"setting-overwrites\":{\"execution-mode\":false,\"agent-pool\":false}")
                .statusCode(200)
                .body("data.attributes.execution-mode", equalTo("remote"))
                .body("data.relationships.agent-pool.data", nullValue());
        owner.asks().delete("/api/v2/agent-pools/" + pool).then().statusCode(204);
    }

    @Test
    void aWorkspaceWithoutAChoiceFollowsItsOrganization() {
        String pool = pool("p", "");
        String organization = "/api/v2/organizations/" + company.name();
        owner.asks()
                .body(defaults(pool))
                .patch(organization)
                .then()
                .statusCode(200)
                .body("data.relationships.default-agent-pool.data.id", equalTo(pool));
        owner.asks()
                .get("/api/v2/workspaces/" + workspace.id())
                .then()
                .body("data.attributes.execution-mode", equalTo("agent"))
                .body("data.attributes.setting-overwrites.execution-mode", equalTo(false))
                .body("data.relationships.agent-pool.data.id", equalTo(pool));
        owner.asks()
                .body("{\"data\":{\"attributes\":{\"default-execution-mode\":\"remote\"}}}")
                .patch(organization)
                .then()
                .statusCode(200)
                .body("data.relationships.default-agent-pool.data", nullValue());
        owner.asks()
                .get("/api/v2/workspaces/" + workspace.id())
                .then()
                .body("data.attributes.execution-mode", equalTo("remote"));
    }

    private static String defaults(String pool) {
        return "{\"data\":{\"attributes\":{\"default-execution-mode\":\"agent\"},\"relationships\":{\"default-agent-pool\":{\"data\":{\"type\":\"agent-pools\",\"id\":\""
                + pool + "\"}}}}}";
    }

    @Test
    void aRunWaitsForAnAgentOfItsPoolAndIsGivenToOne() {
        String pool = pool("eu", "");
        set("\"execution-mode\":\"agent\",\"agent-pool-id\":\"" + pool + "\"").statusCode(200);
        taker.configure(company, workspace);
        RunId run = taker.queued(company, workspace);
        assertThat(reading.waitingFor(run)).contains("waiting for an agent of the pool eu: none is connected");
        String secret = token(pool).extract().path("data.attributes.token");
        String agent = register(secret, "host-1");
        assertThat(reading.waitingFor(run)).contains("waiting for an agent of the pool eu to take it");
        ask(secret, agent, "{\"busy\":true}").statusCode(204);
        assertThat(reading.waitingFor(run)).contains("waiting for an agent of the pool eu: all 1 are busy");
        var job = ask(secret, agent, "{}").statusCode(200).body("workspace", equalTo(workspace.name()));
        JobId id = JobId.of(job.extract().path("job"));
        assertThat(id.run()).isEqualTo(run);
        assertThat(key.isClaimToken(id, job.extract().path("claim-token"))).isTrue();
        ask(secret, agent, "{}").statusCode(204);
        owner.asks()
                .get("/api/v2/runs/" + run + "/plan")
                .then()
                .body("data.attributes.execution-details.mode", equalTo("agent"))
                .body("data.attributes.execution-details.agent-id", equalTo(agent))
                .body("data.attributes.execution-details.agent-pool-name", equalTo("eu"));
        owner.asks()
                .get("/api/v2/organizations/" + company.name() + "/runs?filter%5Bagent_pool_names%5D=eu")
                .then()
                .body("data.id", contains(run.value()));
        owner.asks()
                .get("/api/v2/organizations/" + company.name() + "/runs?filter%5Bagent_pool_names%5D=us")
                .then()
                .body("data", hasSize(0));
    }

    @Test
    void anAgentThatCannotRunAJobSaysSoAndAnotherIsGivenTheNextAttempt() {
        String pool = pool("eu", "");
        set("\"execution-mode\":\"agent\",\"agent-pool-id\":\"" + pool + "\"").statusCode(200);
        taker.configure(company, workspace);
        taker.queued(company, workspace);
        String secret = token(pool).extract().path("data.attributes.token");
        String first = register(secret, "host-1");
        String second = register(secret, "host-2");
        String job = ask(secret, first, "{}").statusCode(200).extract().path("job");
        String lost = "/jobs/" + job + "/lost";
        agent(secret)
                .asks()
                .body("{\"message\":\"not mine\"}")
                .post("/api/agent/v1/agents/" + second + lost)
                .then()
                .statusCode(404);
        agent(secret)
                .asks()
                .body("{\"message\":\"no disk\"}")
                .post("/api/agent/v1/agents/" + first + lost)
                .then()
                .statusCode(204);
        String again = ask(secret, second, "{\"wait-seconds\":5}")
                .statusCode(200)
                .extract()
                .path("job");
        assertThat(JobId.of(again).attempt()).isEqualTo(2);
        owner.asks().body("{}").post("/api/agent/v1/agents").then().statusCode(403);
    }

    private ValidatableResponse ask(String secret, String agent, String body) {
        return agent(secret)
                .asks()
                .body(body)
                .post("/api/agent/v1/agents/" + agent + "/jobs")
                .then();
    }

    private Person agent(String secret) {
        return new Person(owner.principal(), secret);
    }

    private String register(String secret, String name) {
        return agent(secret)
                .asks()
                .body("{\"name\":\"" + name + "\"}")
                .post("/api/agent/v1/agents")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private ValidatableResponse token(String pool) {
        return owner.asks()
                .body("{\"data\":{\"type\":\"authentication-tokens\",\"attributes\":{\"description\":\"for hosts\"}}}")
                .post("/api/v2/agent-pools/" + pool + "/authentication-tokens")
                .then()
                .statusCode(201)
                .body("data.attributes.token", notNullValue());
    }

    private ValidatableResponse set(String attributes) {
        return owner.asks()
                .body("{\"data\":{\"attributes\":{" + attributes + "}}}")
                .patch("/api/v2/workspaces/" + workspace.id())
                .then();
    }

    private String pool(String name, String more) {
        return owner.asks()
                .body("{\"data\":{\"type\":\"agent-pools\",\"attributes\":{\"name\":\"" + name + "\"" + more
                        + (more.contains("relationships") ? "" : "}") + "}}")
                .post(address)
                .then()
                .statusCode(201)
                .body("data.type", equalTo("agent-pools"))
                .extract()
                .path("data.id");
    }
}
