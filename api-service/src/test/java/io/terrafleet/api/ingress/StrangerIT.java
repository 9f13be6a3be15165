package io.terrafleet.api.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an approved stranger may still not do: bring in providers and modules, run where others run. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class StrangerIT {
    @TempDir
    static Path directory;

    @Inject
    VcsScene scene;

    @BeforeEach
    void aConnection() throws Exception {
        scene.open(directory);
        // Before anybody is told: only what is pushed from then on runs.
        scene.repository.push("main", "begin", Map.of("main.tf", "output \"x\" { value = 1 }"));
        scene.enterWebhook();
    }

    @AfterEach
    void close() throws Exception {
        scene.close();
    }

    @Test
    void whatTheBranchDoesNotUseIsRefusedBeforeAnythingIsRun() throws Exception {
        String workspace = scene.connected("app");
        long number = scene.fromFork("evil", Map.of("gift.tf", "data \"external\" \"run\" { program = [\"sh\"] }"));
        scene.approve(scene.change("pull", "held"));
        String comment = scene.commentWith(number, "the provider hashicorp/external is not on the provider allow-list");
        assertThat(comment).contains("app");
        scene.change("pull", "done");
        assertThat(scene.configurations(workspace)).isEqualTo(1);

        scene.rule(workspace, Map.of("provider-allow-list", List.of("hashicorp/external")));
        String next = scene.forge
                .repository("stranger/network")
                .push("evil", "the same gift", Map.of("gift.tf", "data \"external\" \"run\" { program = [\"ls\"] }"));
        scene.approve(scene.change("pull", "held"));
        scene.runOf(workspace, next);
    }

    @Test
    void aStrangersPlanGoesToThePoolThatIsMeantForIt() throws Exception {
        String workspace = scene.connected("app");
        String pool = scene.send(
                        "POST", "organizations/" + scene.company.name() + "/agent-pools", Map.of("name", "strangers"))
                .statusCode(201)
                .extract()
                .path("data.id");
        scene.send(
                        "PATCH",
                        "organizations/" + scene.company.name() + "/pull-request-rule",
                        Map.of("stranger-agent-pool-id", pool, "stranger-state", "none"))
                .statusCode(200);
        scene.get("workspaces/" + workspace + "/pull-request-rule")
                .statusCode(200)
                .body("data.attributes.effective.stranger-agent-pool-id", equalTo(pool));
        scene.fromFork("gift", Map.of("gift.tf", "output \"g\" { value = 1 }"));
        scene.approve(scene.change("pull", "held"));
        Await.until(
                "the run waits for the pool",
                VcsScene.PATIENCE,
                () -> scene.count("select count(*) from run where agent_pool_id = ?", pool) == 1);
    }

    @Test
    void aRuleIsCheckedAndMayBeTakenBack() {
        String workspace = scene.connected("app");
        String path = "workspaces/" + workspace + "/pull-request-rule";
        scene.send("PATCH", path, Map.of("apply", "sometimes"))
                .statusCode(422)
                .body("errors[0].source.pointer", containsString("apply"));
        scene.send("PATCH", path, Map.of("provider-allow-list", List.of("what is this")))
                .statusCode(422);
        scene.send("PATCH", path, Map.of("stranger-agent-pool-id", "apool-none"))
                .statusCode(422);
        scene.send("PATCH", path, Map.of("apply", "before-merge", "comment-commands", true))
                .statusCode(200)
                .body("data.attributes.apply", equalTo("before-merge"))
                .body("data.attributes.effective.stranger-state", equalTo("redacted"));
        scene.company
                .owner()
                .asks()
                .body("{\"data\":{\"attributes\":{\"apply\":null}}}")
                .patch("/api/v2/" + path)
                .then()
                .statusCode(200)
                .body("data.attributes.apply", equalTo(null))
                .body("data.attributes.comment-commands", equalTo(true));
    }
}
