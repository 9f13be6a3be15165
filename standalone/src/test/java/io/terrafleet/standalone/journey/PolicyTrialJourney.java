package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.standalone.demo.Configuration;
import io.terrafleet.standalone.journey.CliPlatform.Running;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.ForgeRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Policies that are changed by a pull request: it shows what they would have decided on plans of the past, and decides nothing. */
@ExtendWith(CliPlatform.class)
@Execution(ExecutionMode.CONCURRENT)
@SuppressWarnings("NullAway.Init")
class PolicyTrialJourney {
    private static final String ORGANIZATION = "tried";
    private static final String CONTEXT = "terrafleet-policies/small";

    @TempDir
    Path directory;

    @Test
    void aPullRequestShowsWhatItWouldHaveDecided(Running platform) throws Exception {
        platform.api().createOrganization(ORGANIZATION);
        try (HostScene host = new HostScene(directory, platform, ORGANIZATION)) {
            host.repository.push("main", "policies", policy("1000"));
            host.connect();
            String set = host.make(
                            "organizations/" + ORGANIZATION + "/policy-sets",
                            Map.of("name", "small", "kind", "opa", "global", true, "vcs-repo", host.mainBranch()))
                    .path("data")
                    .path("id")
                    .asText();
            Await.until("the set has its policies", Duration.ofMinutes(3), () -> host.get("policy-sets/" + set)
                    .path("data")
                    .path("relationships")
                    .path("current-version")
                    .path("data")
                    .has("id"));
            planned(platform, "three", "3");
            planned(platform, "thirty", "30");

            String head = host.repository.push("stricter", "stricter", policy("10"));
            long number = host.forge.open(HostScene.NAME, "Stricter", HostScene.NAME, "stricter", "main", "ada");
            assertThat(host.says(head, CONTEXT, "success").description())
                    .isEqualTo("Of the last 2 plans, 1 would be blocked that passed, 0 would pass that did not");
            String comment = host.comment(number, "| passed | blocked | size |");
            assertThat(comment)
                    .contains("**small**", "[thirty](", "[three](", "| passed | passes |  |")
                    .doesNotContain("is large");

            String broken = host.repository.push(
                    "stricter", "broken", Map.of("size.rego", "package size\n\ndeny contains if\n"));
            assertThat(host.says(broken, CONTEXT, "error").description()).contains("size.rego");

            ForgeRepository fork = host.forge.repository("stranger/network");
            fork.forkOf(host.repository);
            String gift = fork.push("gift", "a gift", policy("20"));
            host.forge.open(HostScene.NAME, "A gift", "stranger/network", "gift", "main", "stranger");
            host.approve(host.change(gift, "held"));
            host.change(gift, "done");
            assertThat(host.forge.status(gift, CONTEXT)).isEmpty();
        }
    }

    private static void planned(Running platform, String workspace, String size) {
        String id = platform.api().createWorkspace(ORGANIZATION, workspace, Map.of());
        String mainTf = "resource \"terraform_data\" \"a\" {\n  input = " + size + "\n}\n";
        String configuration =
                platform.api().uploadConfiguration(id, new Configuration(Map.of("main.tf", mainTf)).tarGz(), false);
        String run = platform.api()
                .startRun(id, configuration, Map.of("plan-only", true, "message", "of the past"))
                .id();
        new TestRun(platform.api(), run).until("planned_and_finished");
    }

    private static Map<String, String> policy(String most) {
        return Map.of(
                "policies.hcl",
                "policy \"size\" {\n  query             = \"data.size.deny\"\n  enforcement_level = \"mandatory\"\n}\n",
                "size.rego",
                """
                package size

                deny contains sprintf("%%s is large", [change.address]) if {
                \tsome change in input.plan.resource_changes
                \tchange.change.after.input > %s
                }
                """
                        .formatted(most));
    }
}
