package io.terrafleet.api.ingress;

import static org.hamcrest.Matchers.equalTo;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.restassured.response.ValidatableResponse;
import io.terrafleet.api.Tenant;
import io.terrafleet.contracts.Json;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.ForgeRepository;
import io.terrafleet.testkit.GitForge;
import jakarta.enterprise.context.Dependent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A company, a git host with a repository, and the connection between them; asked as its owner. */
@Dependent
@SuppressWarnings("NullAway.Init")
class VcsScene {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final String NAME = "acme/network";

    private static final AtomicInteger FORGES = new AtomicInteger();

    private final Tenant tenant;
    private final AgroalDataSource database;

    GitForge forge;
    ForgeRepository repository;
    Tenant.Company company;
    String client;
    String token;

    VcsScene(Tenant tenant, @DataSource("api") AgroalDataSource database) {
        this.tenant = tenant;
        this.database = database;
    }

    /** The webhook is left to the platform. */
    void open(Path directory) throws Exception {
        forge = new GitForge(directory.resolve(Integer.toString(FORGES.incrementAndGet())));
        repository = forge.repository(NAME);
        forge.permit("ada", "write");
        company = tenant.company();
        client = send(
                        "POST",
                        "organizations/" + company.name() + "/oauth-clients",
                        Map.of(
                                "service-provider",
                                "github_enterprise",
                                "http-url",
                                forge.base().toString(),
                                "api-url",
                                forge.api().toString(),
                                "oauth-token-string",
                                GitForge.TOKEN))
                .statusCode(201)
                .extract()
                .path("data.id");
        token = get("oauth-clients/" + client)
                .statusCode(200)
                .extract()
                .path("data.relationships.oauth-tokens.data[0].id");
    }

    /** A person enters the connection's own webhook at the host. */
    URI enterWebhook() {
        Map<String, String> webhook = send("POST", "oauth-clients/" + client + "/webhook", Map.of())
                .statusCode(201)
                .extract()
                .path("data.attributes");
        URI hook = URI.create(Objects.requireNonNull(webhook.get("url")));
        forge.tell(hook, Objects.requireNonNull(webhook.get("secret")));
        return hook;
    }

    /** The one that was entered last. */
    GitForge.Hook enteredHook() {
        return forge.hooks("").getFirst();
    }

    void close() throws Exception {
        forge.close();
    }

    String workspace(String name, Map<String, Object> attributes) {
        Map<String, Object> all = new HashMap<>(attributes);
        all.put("name", name);
        all.put("vcs-repo", Map.of("identifier", NAME, "branch", "main", "oauth-token-id", token));
        return send("POST", "organizations/" + company.name() + "/workspaces", all)
                .statusCode(201)
                .body("data.attributes.vcs-repo.identifier", equalTo(NAME))
                .extract()
                .path("data.id");
    }

    /** One that has a configuration and no run. */
    String connected(String name) {
        String workspace = workspace(name, Map.of("queue-all-runs", false));
        Await.until("connected", PATIENCE, () -> configurations(workspace) == 1);
        return workspace;
    }

    void rule(String workspace, Map<String, Object> attributes) {
        send("PATCH", "workspaces/" + workspace + "/pull-request-rule", attributes)
                .statusCode(200);
    }

    /** @return the pull request's number */
    long fromFork(String branch, Map<String, String> files) throws Exception {
        ForgeRepository fork = forge.repository("stranger/network");
        fork.forkOf(repository);
        fork.push(branch, "a gift", files);
        return forge.open(NAME, "A gift", "stranger/network", branch, "main", "stranger");
    }

    /** Plans only are among them, which a list has only when it is asked for them. */
    List<String> runs(String workspace, String commit) {
        return get("workspaces/" + workspace
                        + "/runs?filter%5Boperation%5D=plan_only,plan_and_apply&search%5Bcommit%5D=" + commit)
                .statusCode(200)
                .extract()
                .path("data.id");
    }

    String runOf(String workspace, String commit) {
        return Await.value("a run of " + commit, PATIENCE, () -> runs(workspace, commit).stream()
                .findFirst());
    }

    int configurations(String workspace) {
        List<String> ids = get("workspaces/" + workspace + "/configuration-versions")
                .statusCode(200)
                .extract()
                .path("data.id");
        return ids.size();
    }

    /** What is said of the change of a commit, once it says this. */
    Map<?, ?> changeSaying(String commit, String note) {
        return Await.value("the change of " + commit + " says " + note, PATIENCE, () -> {
            List<Map<?, ?>> all = get("organizations/" + company.name() + "/repository-changes")
                    .statusCode(200)
                    .extract()
                    .path("data.attributes");
            return all.stream()
                    .filter(each -> commit.equals(each.get("commit-sha"))
                            && String.valueOf(each.get("note")).contains(note))
                    .findFirst();
        });
    }

    /** @return the id of the newest change that is so */
    String change(String kind, String state) {
        return Await.value("a " + kind + " is " + state, PATIENCE, () -> {
            List<Map<String, ?>> all = get("organizations/" + company.name() + "/repository-changes")
                    .statusCode(200)
                    .extract()
                    .path("data");
            return all.stream()
                    .filter(each -> each.get("attributes") instanceof Map<?, ?> attributes
                            && kind.equals(attributes.get("kind"))
                            && state.equals(attributes.get("status")))
                    .map(each -> String.valueOf(each.get("id")))
                    .findFirst();
        });
    }

    void approve(String change) {
        send("POST", "repository-changes/" + change + "/actions/approve", Map.of())
                .statusCode(200);
    }

    String commentWith(long number, String text) {
        return Await.value("a comment with " + text, PATIENCE, () -> forge.comments(NAME, number).stream()
                .map(GitForge.Comment::text)
                .filter(found -> found.contains(text))
                .findFirst());
    }

    GitForge.Status says(String commit, String context, String state) {
        return Await.value(context + " of " + commit + " says " + state, PATIENCE, () -> forge.status(commit, context)
                .filter(status -> status.state().equals(state)));
    }

    int count(String sql, String parameter) {
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

    void update(String sql, String parameter) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    Optional<String> hookState() {
        List<String> states = get("oauth-clients/" + client + "/repository-webhooks")
                .statusCode(200)
                .extract()
                .path("data.attributes.status");
        return states.stream().findFirst();
    }

    ValidatableResponse get(String path) {
        return company.owner().asks().get("/api/v2/" + path).then();
    }

    ValidatableResponse send(String method, String path, Map<String, Object> attributes) {
        return company.owner()
                .asks()
                .body(new String(Json.write(Map.of("data", Map.of("attributes", attributes))), StandardCharsets.UTF_8))
                .request(method, "/api/v2/" + path)
                .then();
    }
}
