package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.standalone.client.TfeClient;
import io.terrafleet.standalone.journey.CliPlatform.Running;
import io.terrafleet.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the judges say of a plan, on the screen, and the override. */
@ExtendWith(CliPlatform.class)
@Tag(CliPlatform.FLOW)
@Execution(ExecutionMode.CONCURRENT)
class PolicyJourney {
    private static final String ENCRYPTED =
            """
            package stores
            import rego.v1
            deny contains sprintf("%s is not encrypted", [change.address]) if {
                some change in input.plan.resource_changes
                not change.change.after.input.encrypted
            }
            """;

    private static final String STORE = "resource \"terraform_data\" \"store\" { input = { encrypted = false } }\n";

    private static final String MONEY =
            """
            package money
            import rego.v1
            deny contains sprintf("it costs %v %s a month more, from %d resources", [
                input.cost.delta_monthly_cost, input.cost.currency, input.state.resources,
            ]) if {
                input.cost.delta_monthly_cost == 0
            }
            """;

    private static String organization(Running platform, String name, boolean overridable) {
        platform.api().createOrganization(name);
        String policy = platform.api().createPolicy(name, "encrypted", "mandatory", "data.stores.deny", ENCRYPTED);
        platform.api().createPolicySet(name, "stores", Map.of("overridable", overridable), List.of(policy));
        return store(name);
    }

    @Test
    void aBlockIsOverriddenAtThePrompt(Running platform) throws Exception {
        Cli cli = platform.cli().write("main.tf", organization(platform, "lenient", true));
        cli.does("init", "-no-color");
        assertThat(cli.fails("plan", "-no-color"))
                .contains("Overall Result: FAILED", "Policy set", "stores", "terraform_data.store is not encrypted")
                .contains("Task Stage failed.");
        assertThat(cli.starts("apply", "-no-color")
                        .until("Do you want to override the failed policies?")
                        .type("override")
                        .until("Only 'yes' will be accepted to approve.")
                        .type("yes")
                        .ends(0))
                .contains("Cost Estimation:", "Apply complete! Resources: 1 added");
    }

    @Test
    void aHardBlockEndsTheRun(Running platform) throws Exception {
        Cli cli = platform.cli().write("main.tf", organization(platform, "strict", false));
        cli.does("init", "-no-color");
        assertThat(cli.fails("apply", "-no-color", "-auto-approve"))
                .contains("Overall Result: FAILED", "terraform_data.store is not encrypted")
                .doesNotContain("override the failed");
    }

    /** A set of the legacy kind is a policy check, with the older question. */
    @Test
    void aPolicyCheckIsOverriddenAtThePrompt(Running platform) throws Exception {
        platform.api().createOrganization("legacy");
        String policy = platform.api().createPolicy("legacy", "encrypted", "mandatory", "data.stores.deny", ENCRYPTED);
        platform.api()
                .createPolicySet(
                        "legacy", "stores", Map.of("overridable", true, "agent-enabled", false), List.of(policy));
        Cli cli = platform.cli().write("main.tf", store("legacy"));
        cli.does("init", "-no-color");

        assertThat(cli.starts("apply", "-no-color")
                        .until("Do you want to override the soft failed policy check?")
                        .type("override")
                        .until("Only 'yes' will be accepted to approve.")
                        .type("yes")
                        .ends(0))
                .contains("Organization Policy Check:", "encrypted (soft-mandatory): failed")
                .contains("- terraform_data.store is not encrypted")
                .contains("Apply complete! Resources: 1 added");
    }

    @Test
    void aPolicyReadsWhatThePlanCosts(Running platform) throws Exception {
        platform.api().createOrganization("thrifty");
        String policy = platform.api().createPolicy("thrifty", "money", "mandatory", "data.money.deny", MONEY);
        platform.api().createPolicySet("thrifty", "money", Map.of("overridable", true), List.of(policy));
        Cli cli = platform.cli().write("main.tf", store("thrifty"));
        cli.does("init", "-no-color");

        assertThat(cli.fails("plan", "-no-color")).contains("it costs 0 USD a month more, from 0 resources");
    }

    /** The first approves in the CLI, which says how many it takes and waits for the second. */
    @Test
    void twoPeopleOverride(Running platform) throws Exception {
        platform.api().createOrganization("pair");
        String policy = platform.api().createPolicy("pair", "encrypted", "mandatory", "data.stores.deny", ENCRYPTED);
        platform.api()
                .createPolicySet(
                        "pair", "stores", Map.of("overridable", true, "required-approvals", 2), List.of(policy));
        String workspace = platform.api().createWorkspace("pair", "pair", Map.of());
        Cli cli = platform.cli().write("main.tf", store("pair"));
        cli.does("init", "-no-color");

        Screen apply = cli.starts("apply", "-no-color")
                .until("Override: 0 of 2 approved.")
                .until("Do you want to override the failed policies?")
                .type("override");
        String stage = platform.api().runs(workspace).getFirst().taskStageIds().getFirst();
        Await.until("the first has approved", Duration.ofMinutes(3), () -> platform.api()
                .attributes("task-stages/" + stage)
                .path("approvals-standing")
                .asText()
                .startsWith("Override: 1 of 2 approved: "));
        try (TfeClient second = new TfeClient(platform.url(), platform.calls().newAdministrator("second"))) {
            second.override(stage, "seen too");
        }

        assertThat(apply.until("Only 'yes' will be accepted to approve.")
                        .type("yes")
                        .ends(0))
                .contains("Apply complete! Resources: 1 added");
    }

    /** What a new set would have stopped, seen on the plans that the platform keeps. */
    @Test
    void aSetIsReplayedAgainstTheLastRuns(Running platform) throws Exception {
        Cli cli = platform.cli().write("main.tf", CliSample.cloud("name = \"replayed\"") + STORE);
        cli.does("init", "-no-color");
        cli.does("apply", "-no-color", "-auto-approve");
        cli.write("policies/stores.rego", ENCRYPTED);

        List<String> line = new ArrayList<>(List.of(
                "policy",
                "replay",
                "--address",
                platform.url().toString(),
                "--workspace",
                platform.calls().id("replayed"),
                "--policies",
                cli.directory().resolve("policies").toString()));
        if (CliPlatform.HTTPS) {
            line.addAll(List.of("--ca", platform.authority().toString()));
        }
        Screen replay = platform.tool(line.toArray(String[]::new));

        assertThat(replay.ends(1)).contains("stopped run-", "{stores.deny=1}", "1 of 1 plans would be stopped");

        line.set(line.indexOf("--address") + 1, "http://127.0.0.1:1");
        assertThat(platform.tool(line.toArray(String[]::new)).ends(2))
                .contains("there is no platform at http://127.0.0.1:1; --address says where it is");
    }

    private static String store(String organization) {
        return CliSample.cloud("name = \"" + organization + "\"").replace("\"acme\"", "\"" + organization + "\"")
                + STORE;
    }
}
