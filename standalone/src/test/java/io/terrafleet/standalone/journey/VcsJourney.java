package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.standalone.journey.CliPlatform.Running;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.ForgeRepository;
import io.terrafleet.testkit.GitForge;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The daily life of a team: a pull request is planned and told, what is pushed is applied, a stranger's gift gets no secrets. */
@ExtendWith(CliPlatform.class)
@Execution(ExecutionMode.CONCURRENT)
@SuppressWarnings("NullAway.Init")
class VcsJourney {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String NAME = "acme/network";
    private static final String CONTEXT = "terrafleet/acme/vcs";

    @TempDir
    Path directory;

    @Test
    void aPullRequestIsPlannedAPushIsAppliedAndAStrangerGetsNoSecrets(Running platform) throws Exception {
        try (GitForge forge = new GitForge(directory)) {
            ForgeRepository repository = forge.repository(NAME);
            forge.permit("ada", "write");
            CliCalls calls = platform.calls();
            // Before anybody is told: only what is pushed from then on runs.
            repository.push("main", "begin", Map.of("main.tf", resource("one")));
            String token = connect(calls, forge);
            String workspace = platform.api()
                    .createWorkspace(
                            "acme",
                            "vcs",
                            Map.of(
                                    "auto-apply",
                                    true,
                                    "queue-all-runs",
                                    false,
                                    "vcs-repo",
                                    Map.of("identifier", NAME, "branch", "main", "oauth-token-id", token)));
            variable(calls, workspace);

            String head = repository.push("feature", "a feature", Map.of("main.tf", resource("two")));
            long number = forge.open(NAME, "A feature", NAME, "feature", "main", "ada");
            says(forge, head, "success");
            String comment = comment(forge, number, "terraform_data.a will be created");
            assertThat(comment).contains("| 1 | 0 | 0 |", "two", "<details>").doesNotContain("s3cr3t");
            assertThat(forge.status(head, CONTEXT).orElseThrow().description()).contains("1 to add");

            String pushed = repository.push("main", "for good", Map.of("x.tf", ""));
            says(forge, pushed, "success");
            assertThat(forge.status(pushed, CONTEXT).orElseThrow().description())
                    .contains("Applied: 1 added");

            ForgeRepository fork = forge.repository("stranger/network");
            fork.forkOf(repository);
            String gift = fork.push(
                    "gift",
                    "a gift",
                    Map.of("gift.tf", "output \"stolen\" {\n  value = nonsensitive(var.secret)\n}\n"));
            long strange = forge.open(NAME, "A gift", "stranger/network", "gift", "main", "stranger");
            String change = held(calls, gift);
            comment(forge, strange, "it comes from a fork");
            calls.send("POST", "repository-changes/" + change + "/actions/approve", Map.of("data", Map.of()));
            says(forge, gift, "success");
            assertThat(comment(forge, strange, "stolen"))
                    .contains("nothing to steal")
                    .doesNotContain("s3cr3t");
        }
    }

    private static String resource(String value) {
        return "variable \"secret\" {\n  type      = string\n  sensitive = true\n  default   = \"nothing to steal\"\n}\n"
                + "resource \"terraform_data\" \"a\" {\n  input = \"" + value + "\"\n}\n";
    }

    private static String connect(CliCalls calls, GitForge forge) throws Exception {
        JsonNode client = calls.send(
                "POST",
                "organizations/acme/oauth-clients",
                Map.of(
                        "data",
                        Map.of(
                                "type",
                                "oauth-clients",
                                "attributes",
                                Map.of(
                                        "service-provider",
                                        "github_enterprise",
                                        "http-url",
                                        forge.base().toString(),
                                        "api-url",
                                        forge.api().toString(),
                                        "oauth-token-string",
                                        GitForge.TOKEN))));
        String id = client.path("data").path("id").asText();
        JsonNode webhook = calls.send("POST", "oauth-clients/" + id + "/webhook", Map.of("data", Map.of()))
                .path("data")
                .path("attributes");
        forge.tell(
                URI.create(webhook.path("url").asText()), webhook.path("secret").asText());
        return client.path("data")
                .path("relationships")
                .path("oauth-tokens")
                .path("data")
                .path(0)
                .path("id")
                .asText();
    }

    private static void variable(CliCalls calls, String workspace) throws Exception {
        calls.send(
                "POST",
                "workspaces/" + workspace + "/vars",
                Map.of(
                        "data",
                        Map.of(
                                "type",
                                "vars",
                                "attributes",
                                Map.of(
                                        "key",
                                        "secret",
                                        "value",
                                        "s3cr3t",
                                        "category",
                                        "terraform",
                                        "sensitive",
                                        true))));
    }

    private static String held(CliCalls calls, String commit) {
        return Await.value("the change of " + commit + " is held", PATIENCE, () -> {
            try {
                JsonNode all = calls.send("GET", "organizations/acme/repository-changes", Map.of());
                for (JsonNode each : all.path("data")) {
                    if (each.path("attributes").path("commit-sha").asText().equals(commit)
                            && each.path("attributes").path("status").asText().equals("held")) {
                        return Optional.of(each.path("id").asText());
                    }
                }
                return Optional.empty();
            } catch (java.io.IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static void says(GitForge forge, String commit, String state) {
        Await.until(CONTEXT + " of " + commit + " says " + state, PATIENCE, () -> forge.status(commit, CONTEXT)
                .filter(status -> status.state().equals(state))
                .isPresent());
    }

    private static String comment(GitForge forge, long number, String text) {
        return Await.value("a comment with " + text, PATIENCE, () -> forge.comments(NAME, number).stream()
                .map(GitForge.Comment::text)
                .filter(found -> found.contains(text))
                .findFirst());
    }
}
