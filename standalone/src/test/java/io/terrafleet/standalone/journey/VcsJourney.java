package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.standalone.journey.CliPlatform.Running;
import io.terrafleet.testkit.ForgeRepository;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The daily life of a team, each thing from a real push to the status and the comment: a pull request, what is pushed, a stranger's gift, a tag,
 * and what no delivery has told of.
 */
@ExtendWith(CliPlatform.class)
@Execution(ExecutionMode.CONCURRENT)
@SuppressWarnings("NullAway.Init")
class VcsJourney {
    private static final String KEPT =
            """
            resource "terraform_data" "kept" {
              input = var.secret
            }
            """;
    private static final String GIFT =
            """
            output "stolen" {
              value = nonsensitive(var.secret)
            }
            output "state" {
              value = nonsensitive(terraform_data.kept.output)
            }
            """;

    @TempDir
    Path directory;

    @Test
    void aPullRequestIsPlannedAPushIsAppliedAndAStrangerGetsNoSecrets(Running platform) throws Exception {
        try (HostScene host = new HostScene(directory, platform, CliPlatform.ORGANIZATION)) {
            // Before anybody is told: only what is pushed from then on runs.
            host.repository.push("main", "begin", Map.of("main.tf", resource("one")));
            host.connect();
            String workspace = host.workspace("vcs", Map.of());
            variable(host, workspace);
            String context = host.context("vcs");

            String head = host.repository.push("feature", "a feature", Map.of("main.tf", resource("two")));
            long number = host.forge.open(HostScene.NAME, "A feature", HostScene.NAME, "feature", "main", "ada");
            assertThat(host.says(head, context, "success").description()).contains("2 to add");
            assertThat(host.comment(number, "terraform_data.a will be created"))
                    .contains("| 2 | 0 | 0 |", "two", "<details>")
                    .doesNotContain("s3cr3t");

            String pushed = host.repository.push("main", "for good", Map.of("x.tf", ""));
            assertThat(host.says(pushed, context, "success").description()).contains("Applied: 2 added");

            ForgeRepository fork = host.forge.repository("stranger/network");
            fork.forkOf(host.repository);
            String gift = fork.push(
                    "gift",
                    "a gift",
                    Map.of(
                            "main.tf",
                            resource("one")
                                    .replace(
                                            "input = var.secret",
                                            "input = 1\n  lifecycle {\n    ignore_changes = all\n  }"),
                            "gift.tf",
                            GIFT));
            long strange = host.forge.open(HostScene.NAME, "A gift", "stranger/network", "gift", "main", "stranger");
            JsonNode change = host.change(gift, "held");
            host.comment(strange, "it comes from a fork");
            assertThat(host.forge.status(gift, context)).isEmpty();
            host.approve(change);
            host.says(gift, context, "success");
            assertThat(host.comment(strange, "stolen"))
                    .contains("nothing to steal", "(withheld)")
                    .doesNotContain("s3cr3t");
        }
    }

    @Test
    void aTagIsAppliedAndWhatNoDeliveryHasToldIsFoundByLooking(Running platform) throws Exception {
        try (HostScene host = new HostScene(directory, platform, CliPlatform.ORGANIZATION)) {
            host.repository.push("main", "begin", Map.of("main.tf", output("one")));
            host.connect();
            host.workspace("vcs-tags", Map.of("tags-regex", "^v[0-9]+$"));
            host.workspace("vcs-lost", Map.of());

            String tagged = host.repository.push("main", "release", Map.of("main.tf", output("two")));
            host.says(tagged, host.context("vcs-lost"), "success");
            host.repository.tag("nightly");
            host.repository.tag("v1");
            assertThat(host.says(tagged, host.context("vcs-tags"), "success").description())
                    .contains("Applied");

            host.forge.loseDeliveries(true);
            String head = host.repository.push("unheard", "a feature", Map.of("main.tf", output("three")));
            long number = host.forge.open(HostScene.NAME, "Unheard", HostScene.NAME, "unheard", "main", "ada");
            host.says(head, host.context("vcs-lost"), "success");
            assertThat(host.comment(number, "three")).contains("vcs-lost", "vcs-tags");
            String pushed = host.repository.push("main", "unheard", Map.of("x.tf", output("x")));
            assertThat(host.says(pushed, host.context("vcs-lost"), "success").description())
                    .contains("Applied");
            assertThat(host.change(pushed, "done")
                            .path("attributes")
                            .path("origin")
                            .asText())
                    .isEqualTo("look");
        }
    }

    private static String resource(String value) {
        return "variable \"secret\" {\n  type      = string\n  sensitive = true\n  default   = \"nothing to steal\"\n}\n"
                + "resource \"terraform_data\" \"a\" {\n  input = \"" + value + "\"\n}\n"
                + KEPT;
    }

    private static String output(String value) {
        return "output \"of_" + value + "\" {\n  value = \"" + value + "\"\n}\n";
    }

    private static void variable(HostScene host, String workspace) throws Exception {
        host.make(
                "workspaces/" + workspace + "/vars",
                Map.of("key", "secret", "value", "s3cr3t", "category", "terraform", "sensitive", true));
    }
}
