package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.standalone.journey.CliPlatform.Running;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the judges say of a plan, on the screen, and the override. */
@ExtendWith(CliPlatform.class)
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

    private static String organization(Running platform, String name, boolean overridable) {
        platform.api().createOrganization(name);
        String policy = platform.api().createPolicy(name, "encrypted", "mandatory", "data.stores.deny", ENCRYPTED);
        platform.api().createPolicySet(name, "stores", Map.of("overridable", overridable), List.of(policy));
        return CliSample.cloud("name = \"" + name + "\"").replace("\"acme\"", "\"" + name + "\"")
                + "resource \"terraform_data\" \"store\" { input = { encrypted = false } }\n";
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
}
