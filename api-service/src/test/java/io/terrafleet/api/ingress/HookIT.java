package io.terrafleet.api.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.GitForge;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks that the platform makes at the host by itself, with a secret for each repository, and takes away again. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class HookIT {
    @TempDir
    static Path directory;

    @Inject
    VcsScene scene;

    @BeforeEach
    void aConnection() throws Exception {
        scene.open(directory);
        scene.repository.push("main", "begin", Map.of("main.tf", "output \"x\" { value = 1 }"));
    }

    @AfterEach
    void close() throws Exception {
        scene.close();
    }

    @Test
    void aWebhookComesAndGoesWithWhoFollowsTheRepository() {
        String workspace = scene.connected("app");
        GitForge.Hook hook = made();
        assertThat(hook.events()).contains("push", "pull_request", "issue_comment");
        String commit = scene.repository.push("main", "more", Map.of("main.tf", "output \"x\" { value = 2 }"));
        scene.runOf(workspace, commit);
        assertThat(scene.count(
                        "select count(*) from repository_change where commit_sha = ? and origin like 'whd-%'", commit))
                .isEqualTo(1);

        byte[] body = ("{\"ref\":\"refs/heads/main\",\"after\":\"" + commit
                        + "\",\"repository\":{\"full_name\":\"acme/other\"}}")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(scene.forge.send(hook.address(), "push", "foreign", body, hook.secret()))
                .isEqualTo(202);
        Await.until("it is read", VcsScene.PATIENCE, () -> {
            String note = scene.get("oauth-clients/" + scene.client + "/webhook-deliveries")
                    .extract()
                    .path("data[0].attributes.note");
            return note.contains("whose webhook it is not");
        });

        String attributes = "{\"data\":{\"attributes\":{\"vcs-repo\":null}}}";
        scene.company
                .owner()
                .asks()
                .body(attributes)
                .patch("/api/v2/workspaces/" + workspace)
                .then()
                .statusCode(200);
        Await.until(
                "the webhook is taken away",
                VcsScene.PATIENCE,
                () -> scene.forge.hooks(VcsScene.NAME).isEmpty()
                        && scene.hookState().isEmpty());
        assertThat(scene.forge.send(hook.address(), "push", "late", body, hook.secret()))
                .isEqualTo(404);
    }

    @Test
    void whatADeletedConnectionHasMadeIsTakenAwayEvenFromAHostThatIsDownAtFirst() {
        scene.connected("app");
        made();
        scene.forge.answerWith(503);
        scene.send("DELETE", "oauth-clients/" + scene.client, Map.of()).statusCode(204);
        Await.until(
                "the host did not let us",
                VcsScene.PATIENCE,
                () -> scene.count("select count(*) from webhook_farewell where tries > 0 and api_url = ?", api()) == 1);
        assertThat(scene.forge.hooks(VcsScene.NAME)).hasSize(1);
        scene.forge.answerWith(0);
        Await.until("the webhook is taken away", VcsScene.PATIENCE, () -> {
            scene.update("update webhook_farewell set due_at = now() where tries > 0 and api_url = ?", api());
            return scene.forge.hooks(VcsScene.NAME).isEmpty()
                    && scene.count("select count(*) from webhook_farewell where api_url = ?", api()) == 0;
        });
    }

    private String api() {
        return scene.forge.api().toString();
    }

    @Test
    void whereTheTokenMayNotAPersonIsToldWhatToDo() {
        scene.forge.forbidHooks(true);
        scene.workspace("app", Map.of("queue-all-runs", false));
        Await.until("it is left to a person", VcsScene.PATIENCE, () -> scene.hookState()
                .equals(Optional.of("by-hand")));
        scene.get("oauth-clients/" + scene.client + "/repository-webhooks")
                .body("data[0].attributes.note", containsString("Make the webhook by hand"))
                .body("data[0].attributes.note", containsString("oauth-clients/" + scene.client + "/webhook"));

        scene.forge.forbidHooks(false);
        scene.send("PATCH", "oauth-clients/" + scene.client, Map.of("oauth-token-string", GitForge.TOKEN))
                .statusCode(200);
        made();
    }

    private GitForge.Hook made() {
        return Await.value("the webhook is made", VcsScene.PATIENCE, () -> scene.hookState()
                .filter("made"::equals)
                .flatMap(state -> scene.forge.hooks(VcsScene.NAME).stream().findFirst()));
    }
}
