package io.terrafleet.api.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.terrafleet.api.RunTaker;
import io.terrafleet.contracts.RunId;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Comments on a pull request command, for who has proven to be who, with the permissions that they have here. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class CommandIT {
    @TempDir
    static Path directory;

    @Inject
    VcsScene scene;

    @Inject
    RunTaker taker;

    String workspace;
    String head;
    long number;

    @BeforeEach
    void aPullRequest() throws Exception {
        scene.open(directory);
        // Before anybody is told: only what is pushed from then on runs.
        scene.repository.push("main", "begin", Map.of("main.tf", "output \"x\" { value = 1 }"));
        scene.enterWebhook();
        workspace = scene.connected("app");
        head = scene.repository.push("feature", "a feature", Map.of("more.tf", "output \"y\" { value = 1 }"));
        number = scene.forge.open(VcsScene.NAME, "A feature", VcsScene.NAME, "feature", "main", "ada");
    }

    @AfterEach
    void close() throws Exception {
        scene.close();
    }

    @Test
    void commentsCommandNothingUnlessTheyAreAllowedTo() {
        String first = scene.runOf(workspace, head);
        scene.forge.comment(VcsScene.NAME, number, "ada", "terrafleet help");
        Await.until("the comment is read", VcsScene.PATIENCE, () -> {
            String event = scene.get("oauth-clients/" + scene.client + "/webhook-deliveries")
                    .extract()
                    .path("data[0].attributes.event");
            String status = scene.get("oauth-clients/" + scene.client + "/webhook-deliveries")
                    .extract()
                    .path("data[0].attributes.status");
            return event.equals("issue_comment") && status.equals("processed");
        });
        assertThat(scene.count(
                        "select count(*) from comment_command where login = 'ada' and repository_id in"
                                + " (select id from repository where client_id = ?)",
                        scene.client))
                .isZero();
        assertThat(scene.runs(workspace, head)).containsExactly(first);
    }

    @Test
    void whoIsLinkedPlansAppliesBeforeTheMergeAndDiscards() {
        scene.rule(workspace, Map.of("comment-commands", true, "apply", "before-merge"));
        RunId planned = new RunId(scene.runOf(workspace, head));
        scene.forge.comment(VcsScene.NAME, number, "ada", "terrafleet apply");
        scene.commentWith(number, "This account is not linked to a Terrafleet user");
        link("ada");

        scene.forge.comment(VcsScene.NAME, number, "ada", "terrafleet apply app\nplease");
        scene.commentWith(number, "its plan is not a good one");
        taker.plan(planned);
        scene.says(head, "terrafleet/" + scene.company.name() + "/app", "success");
        scene.forge.comment(VcsScene.NAME, number, "ada", "/terrafleet apply app");
        String answer = scene.commentWith(number, "applies with run-");
        String id = answer.replaceAll("(?s).*(run-[A-Za-z0-9]{16}).*", "$1");
        scene.get("runs/" + id)
                .statusCode(200)
                .body("data.attributes.plan-only", equalTo(false))
                .body("data.attributes.auto-apply", equalTo(true));
        scene.says(head, "terrafleet/" + scene.company.name() + "/app", "pending");

        scene.forge.comment(VcsScene.NAME, number, "ada", "terrafleet plan");
        Await.until(
                "planned again",
                VcsScene.PATIENCE,
                () -> scene.runs(workspace, head).size() == 3);
    }

    @Test
    void whoMayNotIsToldSoAndACodeIsGoodOnce() {
        scene.rule(workspace, Map.of("comment-commands", true));
        RunId planned = new RunId(scene.runOf(workspace, head));
        taker.plan(planned);
        String code = code("ada");
        scene.forge.comment(
                VcsScene.NAME, number, "mallory", "terrafleet link 0123456789abcdef0123456789abcdef01234567");
        scene.commentWith(number, "This code is not good");
        scene.forge.comment(VcsScene.NAME, number, "mallory", "terrafleet link " + code);
        Await.until(
                "the code to be good for ada only",
                VcsScene.PATIENCE,
                () -> scene.forge.comments(VcsScene.NAME, number).stream()
                                .filter(comment -> comment.text().contains("This code is not good"))
                                .count()
                        == 2);
        scene.forge.comment(VcsScene.NAME, number, "ada", "terrafleet link " + code);
        scene.commentWith(
                number,
                "is linked to the Terrafleet user "
                        + scene.company.owner().principal().name());
        scene.forge.comment(VcsScene.NAME, number, "ada", "terrafleet link " + code);
        Await.until(
                "the code is good once",
                VcsScene.PATIENCE,
                () -> scene.forge.comments(VcsScene.NAME, number).stream()
                                .filter(comment -> comment.text().contains("This code is not good"))
                                .count()
                        == 3);
        scene.forge.comment(VcsScene.NAME, number, "ada", "terrafleet apply");
        scene.commentWith(number, "is applied after the merge");
        scene.forge.comment(VcsScene.NAME, number, "ada", "terrafleet what");
        scene.commentWith(number, "gives up runs that wait for a decision");
        scene.send("POST", "workspaces/" + workspace + "/actions/lock", Map.of())
                .statusCode(200);
        scene.forge.comment(VcsScene.NAME, number, "ada", "terrafleet unlock app");
        scene.commentWith(number, "is unlocked");
    }

    private void link(String login) {
        scene.forge.comment(VcsScene.NAME, number, login, "terrafleet link " + code(login));
        scene.commentWith(number, "This account is linked to the Terrafleet user");
    }

    private String code(String login) {
        return scene.send("POST", "oauth-clients/" + scene.client + "/account-links", Map.of("login", login))
                .statusCode(201)
                .extract()
                .path("data.attributes.code");
    }
}
