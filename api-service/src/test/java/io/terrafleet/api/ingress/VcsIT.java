package io.terrafleet.api.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.terrafleet.api.RunTaker;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.state.States;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.WorkspaceId;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.ForgeRepository;
import io.terrafleet.testkit.GitForge;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a real push at a real git host to the run, the status and the comment there. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class VcsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NAME = "acme/network";

    private static final byte[] STATE =
            """
            {"version":4,"terraform_version":"1.11.4","serial":1,"lineage":"one","outputs":{},"resources":[]}"""
                    .getBytes(StandardCharsets.UTF_8);

    private static final AtomicInteger FORGES = new AtomicInteger();

    @TempDir
    static Path directory;

    @Inject
    Tenant tenant;

    @Inject
    RunTaker taker;

    @Inject
    States states;

    @Inject
    @DataSource("api")
    AgroalDataSource database;

    GitForge forge;
    ForgeRepository repository;
    Tenant.Company company;
    String client;
    String token;
    URI hook;

    @BeforeEach
    void aConnection() throws Exception {
        forge = new GitForge(directory.resolve(Integer.toString(FORGES.incrementAndGet())));
        repository = forge.repository(NAME);
        forge.permit("ada", "write");
        company = tenant.company();
        client = send(
                        "POST",
                        "organizations/" + company.name() + "/oauth-clients",
                        "{\"service-provider\":\"github_enterprise\",\"http-url\":\"" + forge.base()
                                + "\",\"api-url\":\"" + forge.api() + "\",\"oauth-token-string\":\"" + GitForge.TOKEN
                                + "\"}")
                .statusCode(201)
                .extract()
                .path("data.id");
        token = get("oauth-clients/" + client)
                .statusCode(200)
                .extract()
                .path("data.relationships.oauth-tokens.data[0].id");
        Map<String, String> webhook = send("POST", "oauth-clients/" + client + "/webhook", "{}")
                .statusCode(201)
                .extract()
                .path("data.attributes");
        hook = URI.create(webhook.get("url"));
        forge.tell(hook, Objects.requireNonNull(webhook.get("secret")));
    }

    @AfterEach
    void close() throws Exception {
        forge.close();
    }

    @Test
    void aPushIsFollowedToTheRunTheStatusAndItsEnd() {
        String first = repository.push("main", "begin", Map.of("main.tf", "output \"x\" { value = 1 }"));
        String workspace = workspace("app", "\"queue-all-runs\":true", "");
        String connected = runOf(workspace, first);
        taker.plan(new RunId(connected));

        String second =
                repository.push("main", "Bigger\n\nmuch bigger", Map.of("main.tf", "output \"x\" { value = 2 }"));
        String run = runOf(workspace, second);
        get("runs/" + run + "?include=configuration_version.ingress_attributes")
                .statusCode(200)
                .body("data.attributes.message", equalTo("Bigger"))
                .body("data.attributes.source", equalTo("tfe-configuration-version"))
                .body("included.find { it.type == 'ingress-attributes' }.attributes.commit-sha", equalTo(second))
                .body("included.find { it.type == 'ingress-attributes' }.attributes.branch", equalTo("main"))
                .body("included.find { it.type == 'ingress-attributes' }.attributes.sender-username", equalTo("ada"));
        String context = "terrafleet/" + company.name() + "/app";
        says(second, context, "pending");
        taker.apply(new RunId(connected));
        RunId id = new RunId(run);
        taker.plan(id);
        says(second, context, "pending");
        taker.apply(id);
        says(second, context, "success");
        states.recordFromRun(new WorkspaceId(workspace), id, STATE);
        get("workspaces/" + workspace + "/current-state-version")
                .statusCode(200)
                .body("data.attributes.vcs-commit-sha", equalTo(second))
                .body("data.attributes.vcs-commit-url", containsString("/commit"));
        get("oauth-clients/" + client + "?show_affected_workspaces=true")
                .body("data.attributes.affected-workspaces", contains("app"))
                .body("data.attributes.affected-workspaces-count", equalTo(1));
        says(second, "terrafleet/" + company.name(), "success");
        get("organizations/" + company.name() + "/repository-changes")
                .statusCode(200)
                .body("data[0].attributes.status", equalTo("done"))
                .body("data[0].attributes.commit-sha", equalTo(second));
        get("oauth-clients/" + client + "/webhook-deliveries")
                .statusCode(200)
                .body("data[0].attributes.status", equalTo("processed"))
                .body("data[0].attributes.event", equalTo("push"));
    }

    @Test
    void onlyWorkspacesWhoseFilesChangedRunAndOneCommitHasOneArchive() {
        repository.push(
                "main",
                "begin",
                Map.of(
                        "a/main.tf",
                        "module \"m\" {\n  source = \"../modules/m\"\n}\n",
                        "b/main.tf",
                        "output \"b\" { value = 1 }",
                        "modules/m/m.tf",
                        "output \"m\" { value = 1 }"));
        String a = workspace("a", "\"working-directory\":\"a\"", "");
        String b = workspace("b", "\"working-directory\":\"b\"", "");
        String all = workspace("all", "\"file-triggers-enabled\":false", "");
        String globs = workspace("globs", "\"trigger-patterns\":[\"/**/*.md\"]", "");
        for (String each : List.of(a, b, all, globs)) {
            Await.until("connected", PATIENCE, () -> configurations(each) == 1);
        }

        String commit = repository.push("main", "a module", Map.of("modules/m/m.tf", "output \"m\" { value = 2 }"));

        runOf(a, commit);
        runOf(all, commit);
        Await.until("the change is settled", PATIENCE, () -> configurations(b) == 2);
        settled(commit);
        assertThat(runs(b, commit)).isEmpty();
        assertThat(runs(globs, commit)).isEmpty();
        assertThat(count("select count(distinct artifact_id) from configuration_version where commit_sha = ?", commit))
                .isEqualTo(1);
        String docs = repository.push("main", "words", Map.of("docs/x/y.md", "# y"));
        runOf(globs, docs);
        String skipped = repository.push("main", "words [skip ci]", Map.of("a/x.tf", ""));
        settled(skipped);
        assertThat(runs(a, skipped)).isEmpty();
    }

    @Test
    void aPullRequestIsPlannedMergedAndToldInOneComment() throws Exception {
        repository.push("main", "begin", Map.of("main.tf", "output \"x\" { value = 1 }", "other.tf", ""));
        String workspace = workspace("app", "\"queue-all-runs\":false", "");
        Await.until("connected", PATIENCE, () -> configurations(workspace) == 1);
        String head = repository.push("feature", "a feature", Map.of("more.tf", "output \"y\" { value = 1 }"));
        long number = forge.open(NAME, "A feature", NAME, "feature", "main", "ada");
        RunId run = new RunId(runOf(workspace, head));
        get("runs/" + run)
                .body("data.attributes.plan-only", equalTo(true))
                .body("data.attributes.message", equalTo("A feature"));
        String context = "terrafleet/" + company.name() + "/app";
        says(head, context, "pending");
        taker.plan(run);
        says(head, context, "success");
        says(head, "terrafleet/" + company.name(), "success");
        String comment = commentWith(number, "| passed |");
        assertThat(comment).contains("[app](", head.substring(0, 8), "0.00 USD");

        String newer = repository.push("feature", "better", Map.of("more.tf", "output \"y\" { value = 2 }"));
        RunId second = new RunId(runOf(workspace, newer));
        String newest = repository.push("feature", "best", Map.of("more.tf", "output \"y\" { value = 3 }"));
        runOf(workspace, newest);
        Await.until("the outdated plan is cancelled", PATIENCE, () -> taker.find(second)
                .state()
                .isFinished());
        says(newer, context, "error");
        commentWith(number, newest.substring(0, 8));
        assertThat(forge.comments(NAME, number)).hasSize(1);
        forge.closePull(NAME, number);
    }

    @Test
    void aForkWaitsForSomebodyAndOneCommitIsApproved() throws Exception {
        repository.push("main", "begin", Map.of("main.tf", "output \"x\" { value = 1 }"));
        String workspace = workspace("app", "\"queue-all-runs\":false", "");
        Await.until("connected", PATIENCE, () -> configurations(workspace) == 1);
        ForgeRepository fork = forge.repository("stranger/network");
        fork.forkOf(repository);
        String head = fork.push("evil", "a gift", Map.of("gift.tf", "output \"g\" { value = 1 }"));
        forge.open(NAME, "A gift", "stranger/network", "evil", "main", "stranger");
        says(head, "terrafleet/" + company.name(), "pending");
        String change = change(head, "held");
        assertThat(runs(workspace, head)).isEmpty();

        tenant.person()
                .asks()
                .post("/api/v2/repository-changes/" + change + "/actions/approve")
                .then()
                .statusCode(404);
        send("POST", "repository-changes/" + change + "/actions/approve", "{}").statusCode(200);
        runOf(workspace, head);
        assertThat(count(
                        "select count(*) from configuration_version where commit_sha = ?"
                                + " and ingress ->> 'trusted' = 'false'",
                        head))
                .isEqualTo(1);
        String next = fork.push("evil", "another gift", Map.of("gift.tf", "output \"g\" { value = 2 }"));
        change(next, "held");
        assertThat(runs(workspace, next)).isEmpty();
    }

    @Test
    void tagsRunWhereAWorkspaceWaitsForThem() {
        repository.push("main", "begin", Map.of("main.tf", "output \"x\" { value = 1 }"));
        String workspace = workspace("app", "\"queue-all-runs\":true", ",\"tags-regex\":\"^v[0-9]+$\"");
        Await.until("connected", PATIENCE, () -> configurations(workspace) == 1);
        String commit = repository.push("main", "release", Map.of("main.tf", "output \"x\" { value = 2 }"));
        settled(commit);
        assertThat(runs(workspace, commit)).isEmpty();
        repository.tag("nightly");
        repository.tag("v1");
        String run = runOf(workspace, commit);
        get("runs/" + run + "?include=configuration_version.ingress_attributes")
                .body("included.find { it.type == 'ingress-attributes' }.attributes.tag", equalTo("v1"));
        assertThat(runs(workspace, commit)).hasSize(1);
    }

    @Test
    void aLostDeliveryIsFoundAndAHostThatIsDownIsToldLater() throws Exception {
        repository.push("main", "begin", Map.of("main.tf", "output \"x\" { value = 1 }"));
        String workspace = workspace("app", "\"queue-all-runs\":false", "");
        Await.until("connected", PATIENCE, () -> configurations(workspace) == 1);
        forge.loseDeliveries(true);
        forge.answerWith(503);
        String commit = repository.push("main", "unheard", Map.of("main.tf", "output \"x\" { value = 2 }"));
        lookNow();
        runOf(workspace, commit);
        Await.until("the host was asked", PATIENCE, () -> forge.refused() > 0);
        assertThat(forge.statuses(commit)).isEmpty();
        forge.answerWith(0);
        says(commit, "terrafleet/" + company.name() + "/app", "pending");
    }

    @Test
    void whatIsForgedStaleOversizedOrUnknownIsRefusedAndLogged() {
        byte[] body = "{\"zen\":\"all is well\",\"repository\":{\"full_name\":\"acme/network\"}}"
                .getBytes(StandardCharsets.UTF_8);
        assertThat(forge.send(hook, "ping", "d-1", body, "not the secret")).isEqualTo(401);
        Map<String, String> webhook = send("POST", "oauth-clients/" + client + "/webhook", "{}")
                .statusCode(201)
                .extract()
                .path("data.attributes");
        String secret = Objects.requireNonNull(webhook.get("secret"));
        assertThat(forge.send(hook, "ping", "d-1", body, secret)).isEqualTo(202);
        assertThat(forge.send(hook, "ping", "d-1", body, secret)).isEqualTo(200);
        assertThat(forge.send(hook, "ping", "d-2", body, secret)).isEqualTo(409);
        assertThat(forge.send(hook, "ping", "d-3", "[]".getBytes(StandardCharsets.UTF_8), secret))
                .isEqualTo(400);
        assertThat(forge.send(hook, "ping", "d-4", new byte[10_000_001], secret))
                .isEqualTo(413);
        assertThat(forge.send(URI.create(hook + "x"), "ping", "d-5", body, secret))
                .isEqualTo(404);
        get("oauth-clients/" + client + "/webhook").body("data.attributes.secret", nullValue());
        List<String> states = get("oauth-clients/" + client + "/webhook-deliveries")
                .statusCode(200)
                .extract()
                .path("data.attributes.status");
        assertThat(states).hasSize(5).filteredOn("refused"::equals).hasSize(4);
    }

    private String workspace(String name, String attributes, String repo) {
        return send(
                        "POST",
                        "organizations/" + company.name() + "/workspaces",
                        "{\"name\":\"" + name + "\"," + attributes + ",\"vcs-repo\":{\"identifier\":\"" + NAME
                                + "\",\"branch\":\"main\",\"oauth-token-id\":\"" + token + "\"" + repo + "}}")
                .statusCode(201)
                .body("data.attributes.vcs-repo.identifier", equalTo(NAME))
                .extract()
                .path("data.id");
    }

    /** Plans only are among them, which a list has only when it is asked for them. */
    private List<String> runs(String workspace, String commit) {
        return get("workspaces/" + workspace
                        + "/runs?filter%5Boperation%5D=plan_only,plan_and_apply&search%5Bcommit%5D=" + commit)
                .statusCode(200)
                .extract()
                .path("data.id");
    }

    private String runOf(String workspace, String commit) {
        return Await.value("a run of " + commit, PATIENCE, () -> runs(workspace, commit).stream()
                .findFirst());
    }

    private int configurations(String workspace) {
        List<String> ids = get("workspaces/" + workspace + "/configuration-versions")
                .statusCode(200)
                .extract()
                .path("data.id");
        return ids.size();
    }

    private void settled(String commit) {
        change(commit, "done");
    }

    private String change(String commit, String state) {
        return Await.value("the change of " + commit + " is " + state, PATIENCE, () -> {
            List<Map<String, ?>> all = get("organizations/" + company.name() + "/repository-changes")
                    .statusCode(200)
                    .extract()
                    .path("data");
            return all.stream()
                    .filter(each -> each.get("attributes") instanceof Map<?, ?> attributes
                            && commit.equals(attributes.get("commit-sha"))
                            && state.equals(attributes.get("status")))
                    .map(each -> String.valueOf(each.get("id")))
                    .findFirst();
        });
    }

    private void says(String commit, String context, String state) {
        Await.until(context + " of " + commit + " says " + state, PATIENCE, () -> forge.status(commit, context)
                .filter(status -> status.state().equals(state))
                .isPresent());
    }

    private String commentWith(long number, String text) {
        return Await.value("a comment with " + text, PATIENCE, () -> forge.comments(NAME, number).stream()
                .map(GitForge.Comment::text)
                .filter(found -> found.contains(text))
                .findFirst());
    }

    private void lookNow() {
        update("update repository set look_due_at = now() - interval '1 minute' where organization_id = ?");
    }

    private void update(String sql) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, company.id());
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private int count(String sql, String parameter) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private ValidatableResponse get(String path) {
        return company.owner().asks().get("/api/v2/" + path).then();
    }

    private ValidatableResponse send(String method, String path, String attributes) {
        return company.owner()
                .asks()
                .body("{\"data\":{\"attributes\":" + attributes + "}}")
                .request(method, "/api/v2/" + path)
                .then();
    }
}
