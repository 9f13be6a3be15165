package io.terrafleet.api.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.ForgeApp;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection that is an installation of a GitHub App: fetches, says and is told with tokens of an hour. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class AppIT {
    @TempDir
    static Path directory;

    @Inject
    VcsScene scene;

    @BeforeEach
    void aHost() throws Exception {
        scene.open(directory);
    }

    @AfterEach
    void close() throws Exception {
        scene.close();
    }

    @Test
    void aPushIsFollowedWithTheTokensOfAnApp() {
        Map<String, Object> app = new HashMap<>(Map.of(
                "service-provider",
                "github_enterprise",
                "http-url",
                scene.forge.base().toString(),
                "api-url",
                scene.forge.api().toString(),
                "oauth-token-string",
                "no key at all",
                "github-app-id",
                ForgeApp.ID,
                "github-app-installation-id",
                ForgeApp.INSTALLATION));
        String path = "organizations/" + scene.company.name() + "/oauth-clients";
        scene.send("POST", path, app)
                .statusCode(422)
                .body("errors[0].source.pointer", containsString("oauth-token-string"));
        app.put("oauth-token-string", scene.forge.app().privateKey());
        scene.client = scene.send("POST", path, app).statusCode(201).extract().path("data.id");
        scene.token =
                scene.get("oauth-clients/" + scene.client).extract().path("data.relationships.oauth-tokens.data[0].id");
        scene.repository.push("main", "begin", Map.of("main.tf", "output \"x\" { value = 1 }"));
        String workspace = scene.connected("app");
        Await.until("the webhook is made", VcsScene.PATIENCE, () -> scene.hookState()
                .equals(Optional.of("made")));
        String commit = scene.repository.push("main", "more", Map.of("main.tf", "output \"x\" { value = 2 }"));
        scene.runOf(workspace, commit);
        scene.says(commit, "terrafleet/" + scene.company.name() + "/app", "pending");
        assertThat(scene.forge.app().given()).isBetween(1, 4);
    }
}
