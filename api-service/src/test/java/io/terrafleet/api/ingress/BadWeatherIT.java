package io.terrafleet.api.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.terrafleet.api.RunTaker;
import io.terrafleet.api.hook.Webhooks;
import io.terrafleet.api.host.Spoiling;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.RunId;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.GitForge;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that are down, rename, forget and refuse: nothing is lost, nothing false is said, and there is a reason to be read. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class BadWeatherIT {
    private static final String OF_COMMIT = "select count(*) from repository_change_run r join repository_change c"
            + " on c.id = r.change_id where r.run_id is not null and c.commit_sha = ?";

    @TempDir
    static Path directory;

    @Inject
    VcsScene scene;

    @Inject
    RunTaker taker;

    @Inject
    Webhooks webhooks;

    @BeforeEach
    void aConnection() throws Exception {
        scene.open(directory);
        // Before anybody is told: only what is pushed from then on runs.
        scene.repository.push("main", "begin", output(1));
        scene.enterWebhook();
    }

    @AfterEach
    void close() throws Exception {
        scene.close();
    }

    @Test
    void aRenamedRepositoryIsFollowedUnderItsNewName() {
        String workspace = scene.connected("app");
        String set = scene.send(
                        "POST",
                        "organizations/" + scene.company.name() + "/policy-sets",
                        Map.of(
                                "name", "rules",
                                "kind", "opa",
                                "vcs-repo", Map.of("identifier", VcsScene.NAME, "oauth-token-id", scene.token)))
                .statusCode(201)
                .extract()
                .path("data.id");
        scene.forge.rename(VcsScene.NAME, "acme/backbone");
        Await.until("the workspace knows the new name", VcsScene.PATIENCE, () -> "acme/backbone"
                .equals(scene.get("workspaces/" + workspace)
                        .extract()
                        .<String>path("data.attributes.vcs-repo.identifier")));
        scene.get("policy-sets/" + set).body("data.attributes.vcs-repo.identifier", equalTo("acme/backbone"));
        String commit = scene.repository.push("main", "more", output(2));
        scene.runOf(workspace, commit);
        scene.says(commit, context("app"), "pending");
    }

    @Test
    void aRenameThatNoDeliveryToldIsFoundBeforeLong() {
        String workspace = scene.connected("app");
        scene.forge.loseDeliveries(true);
        scene.forge.rename(VcsScene.NAME, "acme/backbone");
        String commit = scene.repository.push("main", "more", output(2));
        scene.forge.loseDeliveries(false);
        scene.update(
                "update repository set name_asked_at = now() - interval '2 hours', look_due_at = now() where client_id = ?",
                scene.client);
        scene.runOf(workspace, commit);
        scene.get("workspaces/" + workspace).body("data.attributes.vcs-repo.identifier", equalTo("acme/backbone"));
        scene.says(commit, context("app"), "pending");
    }

    @Test
    void aRenameToANameThatIsFollowedAlreadyJoinsBoth() {
        String app = scene.connected("app");
        scene.forge.repository("acme/backbone").push("main", "another", output(1));
        String other = scene.send(
                        "POST",
                        "organizations/" + scene.company.name() + "/workspaces",
                        Map.of(
                                "name",
                                "other",
                                "queue-all-runs",
                                false,
                                "vcs-repo",
                                Map.of("identifier", "acme/backbone", "oauth-token-id", scene.token)))
                .statusCode(201)
                .extract()
                .path("data.id");
        Await.until("connected", VcsScene.PATIENCE, () -> scene.configurations(other) == 1);
        scene.forge.remove("acme/backbone");
        scene.forge.rename(VcsScene.NAME, "acme/backbone");
        Await.until("the workspace knows the new name", VcsScene.PATIENCE, () -> "acme/backbone"
                .equals(scene.get("workspaces/" + app).extract().<String>path("data.attributes.vcs-repo.identifier")));
        String commit = scene.repository.push("main", "more", output(2));
        scene.runOf(app, commit);
        scene.runOf(other, commit);
    }

    @Test
    void theSameDeliveryManyTimesAtOnceIsKeptOnce() throws Exception {
        GitForge.Hook hook = scene.enteredHook();
        byte[] body = Json.write(Map.of("repository", Map.of("full_name", VcsScene.NAME), "ref", "refs/heads/none"));
        List<Integer> answers = new ArrayList<>();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> asked = IntStream.range(0, 8)
                    .mapToObj(i -> pool.submit(
                            () -> scene.forge.send(hook.address(), "push", "the same", body, hook.secret())))
                    .toList();
            for (Future<Integer> answer : asked) {
                answers.add(answer.get());
            }
        }
        assertThat(answers).containsOnly(200, 202).containsOnlyOnce(202);
        assertThat(scene.forge.send(hook.address(), "push", "a copy", body, hook.secret()))
                .isEqualTo(409);
        assertThat(scene.count(
                        "select count(*) from webhook_delivery d join webhook w on w.id = d.webhook_id"
                                + " where w.client_id = ? and d.state <> 'refused'",
                        scene.client))
                .isEqualTo(1);
    }

    @Test
    void whatTheBrokerHasLostIsReadAfterAll() {
        scene.connected("app");
        String commit = scene.repository.push("main", "more", output(2));
        scene.changeSaying(commit, "1 run for 1 workspace");
        String lost = "update webhook_delivery d set state = 'received', note = '', processed_at = null,"
                + " received_at = now() - interval '20 minutes' from webhook w where w.id = d.webhook_id and w.client_id = ?";
        scene.update(lost, scene.client);
        webhooks.announceUnread();
        Await.until(
                "it is read",
                VcsScene.PATIENCE,
                () -> scene.count(
                                "select count(*) from webhook_delivery d join webhook w on w.id = d.webhook_id"
                                        + " where w.client_id = ? and d.state = 'processed' and d.note like 'already known%'",
                                scene.client)
                        == 1);
        assertThat(scene.count(OF_COMMIT, commit)).isEqualTo(1);
    }

    @Test
    void aDraftIsPlannedWhenItIsReadyAndItsOlderPlansEnd() throws Exception {
        String workspace = scene.connected("app");
        String head = scene.repository.push("feature", "a feature", Map.of("more.tf", "output \"y\" { value = 1 }"));
        long number = scene.forge.open(VcsScene.NAME, "A feature", VcsScene.NAME, "feature", "main", "ada");
        RunId before = new RunId(scene.runOf(workspace, head));
        scene.forge.draft(VcsScene.NAME, number, true);
        String newer = scene.repository.push("feature", "not yet", Map.of("more.tf", "output \"y\" { value = 2 }"));
        scene.changeSaying(newer, "a draft: it is planned when it is ready for review");
        assertThat(scene.runs(workspace, newer)).isEmpty();
        Await.until("the plan of the older commit is cancelled", VcsScene.PATIENCE, () -> taker.find(before)
                .state()
                .isFinished());
        scene.forge.draft(VcsScene.NAME, number, false);
        scene.runOf(workspace, newer);
    }

    @Test
    void whatIsNotPlannedBecauseItsAuthorWantsNothingToRunIsNotSaidToTouchNothing() throws Exception {
        scene.connected("app");
        String head =
                scene.repository.push("feature", "not yet [skip ci]", Map.of("more.tf", "output \"y\" { value = 1 }"));
        scene.forge.open(VcsScene.NAME, "A feature", VcsScene.NAME, "feature", "main", "ada");
        assertThat(scene.says(head, context("app"), "success").description())
                .isEqualTo("Skipped: the commit's message asks that nothing runs");
    }

    @Test
    void aDeletedRepositoryIsSaidToBeGone() {
        scene.connected("app");
        scene.forge.weather().down(true);
        String commit = scene.repository.push("main", "the last", output(2));
        assertThat(scene.changeSaying(commit, "503").get("status")).isEqualTo("waiting");
        scene.forge.remove(VcsScene.NAME);
        scene.forge.weather().down(false);
        tryNow(commit);
        String gone = "there is no such repository, or the token may not read it";
        assertThat(scene.changeSaying(commit, gone).get("status")).isEqualTo("waiting");
        scene.update(
                "update repository_change set created_at = created_at - interval '25 hours' where commit_sha = ?",
                commit);
        tryNow(commit);
        assertThat(scene.says(commit, "terrafleet/" + scene.company.name(), "error")
                        .description())
                .contains(gone);
        assertThat(scene.changeSaying(commit, gone).get("status")).isEqualTo("failed");
    }

    @Test
    void aForcedPushRunsWhatIsThereNowAndPlansItsPullRequestAnew() throws Exception {
        String workspace = scene.connected("app");
        String given = scene.repository.push("main", "given up later", output(2));
        scene.runOf(workspace, given);
        String head = scene.repository.push("feature", "a feature", Map.of("more.tf", "output \"y\" { value = 1 }"));
        scene.forge.open(VcsScene.NAME, "A feature", VcsScene.NAME, "feature", "main", "ada");
        RunId before = new RunId(scene.runOf(workspace, head));
        String forced = scene.repository.force("feature", "better", Map.of("more.tf", "output \"y\" { value = 2 }"));
        scene.runOf(workspace, forced);
        Await.until("the plan of what was given up is cancelled", VcsScene.PATIENCE, () -> taker.find(before)
                .state()
                .isFinished());
        String instead = scene.repository.force("main", "instead", output(3));
        scene.runOf(workspace, instead);
        assertThat(scene.count(OF_COMMIT, instead)).isEqualTo(1);
    }

    @Test
    void aRevokedTokenIsSaidAndANewOneTakesItsPlace() {
        String workspace = scene.connected("app");
        scene.forge.weather().replaceToken("another-token");
        String commit = scene.repository.push("main", "more", output(2));
        assertThat(scene.changeSaying(commit, "it refuses the token").get("status"))
                .isEqualTo("waiting");
        scene.send("PATCH", "oauth-clients/" + scene.client, Map.of("oauth-token-string", "another-token"))
                .statusCode(200);
        tryNow(commit);
        scene.runOf(workspace, commit);
        scene.says(commit, context("app"), "pending");
    }

    @Test
    void aHostThatWantsToBeLeftAloneIsAskedLater() throws Exception {
        String workspace = scene.connected("app");
        String head = scene.repository.push("feature", "a feature", Map.of("more.tf", "output \"y\" { value = 1 }"));
        scene.forge.answerWith(429);
        scene.forge.open(VcsScene.NAME, "A feature", VcsScene.NAME, "feature", "main", "ada");
        assertThat(scene.changeSaying("", "it answered 429").get("status")).isEqualTo("waiting");
        assertThat(scene.runs(workspace, head)).isEmpty();
        scene.forge.answerWith(0);
        scene.runOf(workspace, head);
        scene.says(head, context("app"), "pending");
    }

    @Test
    void whatWasPushedToAHostThatWasDownForAnHourRunsOnce() {
        String workspace = scene.connected("app");
        scene.forge.weather().down(true);
        String commit = scene.repository.push("main", "more", output(2));
        scene.changeSaying(commit, "503");
        scene.update(
                "update repository_change set created_at = created_at - interval '1 hour', tries = 12,"
                        + " due_at = now() + interval '10 minutes' where commit_sha = ?",
                commit);
        scene.forge.weather().down(false);
        assertThat(scene.runs(workspace, commit)).isEmpty();
        tryNow(commit);
        scene.runOf(workspace, commit);
        scene.says(commit, context("app"), "pending");
        assertThat(scene.count(OF_COMMIT, commit)).isEqualTo(1);
    }

    @Test
    void ofFiveThousandChangedFilesEachCounts() {
        String last = scene.workspace("last", Map.of("queue-all-runs", false, "working-directory", "d49"));
        String other = scene.workspace("other", Map.of("queue-all-runs", false, "working-directory", "elsewhere"));
        Await.until(
                "connected",
                VcsScene.PATIENCE,
                () -> scene.configurations(last) == 1 && scene.configurations(other) == 1);
        Map<String, String> files = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            files.put("d" + i / 100 + "/f" + i + ".txt", Integer.toString(i));
        }
        String commit = scene.repository.push("main", "many", files);
        scene.runOf(last, commit);
        scene.changeSaying(commit, "1 run for 2 workspaces");
        assertThat(scene.runs(other, commit)).isEmpty();
    }

    @Test
    void aHundredWorkspacesOfOneRepositoryRunOnceEach() {
        for (int i = 0; i < 100; i++) {
            scene.workspace("w" + i, Map.of("queue-all-runs", false));
        }
        String waiting = "select count(*) from workspace where vcs_awaited and organization_id = ?";
        Await.until("connected", VcsScene.PATIENCE, () -> scene.count(waiting, scene.company.id()) == 0);
        String commit = scene.repository.push("main", "more", output(2));
        scene.changeSaying(commit, "100 runs for 100 workspaces");
        assertThat(scene.count(OF_COMMIT, commit)).isEqualTo(100);
        assertThat(scene.count(
                        "select count(distinct artifact_id) from configuration_version where commit_sha = ?", commit))
                .isEqualTo(1);
        Await.until(
                "all are told",
                VcsScene.PATIENCE,
                () -> scene.forge.statuses(commit).stream()
                                .map(GitForge.Status::context)
                                .distinct()
                                .count()
                        == 101);
        assertThat(scene.says(commit, "terrafleet/" + scene.company.name(), "pending")
                        .description())
                .contains("workspaces done");
    }

    @Test
    void spoiltDeliveriesAreTakenOrRefusedAndNeverBreakTheReading() throws Exception {
        scene.connected("app");
        JsonNode samples = samples();
        Random random = new Random(7);
        GitForge.Hook hook = scene.enteredHook();
        for (String kind : List.of("push", "tag", "pull", "closed", "other")) {
            for (int i = 0; i < 40; i++) {
                ObjectNode body = samples.path(kind).path("body").deepCopy();
                body.withObject("/repository").put("full_name", VcsScene.NAME);
                Spoiling.spoil(body, random);
                int status = scene.forge.send(
                        hook.address(),
                        samples.path(kind).path("event").asText(),
                        kind + i,
                        Json.write(body),
                        hook.secret());
                assertThat(status).isIn(202, 200, 400, 409);
            }
        }
        String ofClient = "select count(*) from webhook_delivery d join webhook w on w.id = d.webhook_id"
                + " where w.client_id = ? and d.state = ";
        Await.until("all are read", VcsScene.PATIENCE, () -> scene.count(ofClient + "'received'", scene.client) == 0);
        assertThat(scene.count(ofClient + "'failed'", scene.client)).isZero();
        String commit = scene.repository.push("main", "still heard", output(2));
        scene.says(commit, context("app"), "pending");
    }

    private static JsonNode samples() throws Exception {
        try (InputStream file = Objects.requireNonNull(BadWeatherIT.class.getResourceAsStream("/host/github.json"))) {
            return Json.mapper().readTree(file);
        }
    }

    private static Map<String, String> output(int value) {
        return Map.of("main.tf", "output \"x\" { value = " + value + " }");
    }

    private String context(String workspace) {
        return "terrafleet/" + scene.company.name() + "/" + workspace;
    }

    private void tryNow(String commit) {
        scene.update("update repository_change set due_at = now() where commit_sha = ?", commit);
    }
}
