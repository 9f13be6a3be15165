package io.terrafleet.api.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.terrafleet.contracts.Json;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.GitForge;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repositories that people name by whole addresses, and that are called otherwise tomorrow. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class NamesIT {
    @TempDir
    static Path directory;

    @Inject
    VcsScene scene;

    @BeforeEach
    void aConnection() throws Exception {
        scene.open(directory);
        scene.repository.push("main", "begin", output(1));
    }

    @AfterEach
    void close() throws Exception {
        scene.close();
    }

    @Test
    void anAddressOfTheConnectionsHostIsFollowedByTheNameThatItHasThere() {
        String address =
                scene.forge.base().resolve("/" + VcsScene.NAME + ".git").toString();
        String workspace = workspace(address)
                .statusCode(201)
                .body("data.attributes.vcs-repo.identifier", equalTo(VcsScene.NAME))
                .extract()
                .path("data.id");
        Await.until("connected", VcsScene.PATIENCE, () -> scene.configurations(workspace) == 1);
        scene.send("PATCH", "workspaces/" + workspace, Map.of("vcs-repo", Map.of("identifier", address)))
                .statusCode(200)
                .body("data.attributes.vcs-repo.oauth-token-id", equalTo(scene.token));
        made();
        String commit = scene.repository.push("main", "more", output(2));
        scene.runOf(workspace, commit);
        scene.says(commit, "terrafleet/" + scene.company.name() + "/app", "pending");
        assertThat(scene.count(
                        "select count(*) from repository_change where commit_sha = ? and origin like 'whd-%'", commit))
                .as("a delivery told of it")
                .isEqualTo(1);
        set(address).statusCode(201).body("data.attributes.vcs-repo.identifier", equalTo(VcsScene.NAME));
    }

    @Test
    void anAddressThatTheConnectionCannotOpenIsRefusedWithAReason() {
        String base = scene.forge.base().toString();
        workspace("https://elsewhere.example/acme/network.git")
                .statusCode(422)
                .body("errors[0].detail", containsString("the connection is for " + base));
        workspace(base + "/acme").statusCode(422).body("errors[0].detail", containsString("which is such as " + base));
        workspace(base.replace("://", "://ada:s3cr3t@") + "/acme/network.git")
                .statusCode(422)
                .body("errors[0].detail", containsString("no password"));
        set("https://elsewhere.example/acme/network.git")
                .statusCode(422)
                .body("errors[0].detail", containsString("the connection is for " + base));
    }

    @Test
    void aWebhookThatSpeaksOfAnotherNameLetsTheHostBeAskedForIt() {
        String workspace = scene.connected("app");
        GitForge.Hook hook = made();
        scene.forge.loseDeliveries(true);
        scene.forge.rename(VcsScene.NAME, "acme/backbone");
        String commit = scene.repository.push("main", "more", output(2));
        byte[] body = Json.write(
                Map.of("ref", "refs/heads/main", "after", commit, "repository", Map.of("full_name", "acme/backbone")));
        assertThat(scene.forge.send(hook.address(), "push", "under its new name", body, hook.secret()))
                .isEqualTo(202);
        scene.runOf(workspace, commit);
        scene.get("workspaces/" + workspace).body("data.attributes.vcs-repo.identifier", equalTo("acme/backbone"));
    }

    private GitForge.Hook made() {
        return Await.value("the webhook is made", VcsScene.PATIENCE, () -> scene.hookState()
                .filter("made"::equals)
                .flatMap(made -> scene.forge.hooks(VcsScene.NAME).stream().findFirst()));
    }

    private ValidatableResponse workspace(String identifier) {
        return scene.send(
                "POST",
                "organizations/" + scene.company.name() + "/workspaces",
                Map.of(
                        "name",
                        "app",
                        "queue-all-runs",
                        false,
                        "vcs-repo",
                        Map.of("identifier", identifier, "branch", "main", "oauth-token-id", scene.token)));
    }

    private ValidatableResponse set(String identifier) {
        return scene.send(
                "POST",
                "organizations/" + scene.company.name() + "/policy-sets",
                Map.of(
                        "name", "rules",
                        "kind", "opa",
                        "vcs-repo", Map.of("identifier", identifier, "oauth-token-id", scene.token)));
    }

    private static Map<String, String> output(int value) {
        return Map.of("main.tf", "output \"x\" { value = " + value + " }");
    }
}
