package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.standalone.journey.CliPlatform.Running;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Plans and applies as people do them every day. */
@ExtendWith(CliPlatform.class)
@Tag(CliPlatform.FLOW)
@Execution(ExecutionMode.CONCURRENT)
class WorkflowJourney {
    @Test
    void fromInitToDestroy(Running platform) throws Exception {
        Cli cli = platform.cli()
                .write("main.tf", CliSample.cloud("name = \"daily\"\nproject = \"shop\"") + CliSample.RESOURCES);
        assertThat(cli.does("init", "-no-color")).contains("HCP Terraform has been successfully initialized!");

        assertThat(cli.does("plan", "-no-color"))
                .contains("Running plan in Terraform Enterprise", "/app/acme/daily/runs/run-")
                .contains("# terraform_data.store will be created", "Plan: 2 to add, 0 to change, 0 to destroy.")
                .contains("OPA Policy Evaluation", "Overall Result: PASSED")
                .contains("Cost Estimation:", "$0.00/mo +$0.00")
                .doesNotContain("\u001b[", "{\"@level\"");

        String applied = cli.starts("apply", "-no-color", "-var", "size=large")
                .until("Only 'yes' will be accepted to approve.")
                .type("yes")
                .ends(0);
        assertThat(applied)
                .contains(
                        "terraform_data.store: Creating...",
                        "Apply complete! Resources: 2 added, 0 changed, 0 destroyed.")
                .contains("size = \"large\"", "secret = (sensitive value)")
                .doesNotContain("\u001b[", "{\"@level\"");
        assertThat(cli.does("output", "-no-color")).contains("size = \"large\"");
        assertThat(cli.does("output", "-json")).contains("\"hush\"");

        assertThat(cli.starts("apply", "-no-color")
                        .until("Only 'yes' will be accepted to approve.")
                        .type("no")
                        .ends(1))
                .contains("~ resource \"terraform_data\" \"store\"", "\"large\" -> \"small\"", "Apply discarded.");

        assertThat(cli.does("destroy", "-no-color", "-auto-approve"))
                .contains(
                        "Plan: 0 to add, 0 to change, 2 to destroy.",
                        "Apply complete! Resources: 0 added, 0 changed, 2 destroyed.");
        assertThat(cli.does("apply", "-no-color", "-destroy", "-auto-approve")).contains("No changes.");
    }

    @Test
    void partsOfAPlanAndPlainOutput(Running platform) throws Exception {
        Cli cli = platform.cli().write("main.tf", CliSample.named("parts"));
        cli.does("init", "-no-color");
        platform.calls().changeWorkspace("parts", "structured-run-output-enabled", false);
        assertThat(cli.does("apply", "-no-color", "-auto-approve"))
                .contains("\u001b[1mPlan:\u001b[0m 2 to add", "Apply complete!");
        assertThat(cli.does("plan", "-no-color", "-refresh-only")).contains("Your infrastructure still matches");
        assertThat(cli.does("plan", "-no-color", "-replace=terraform_data.other"))
                .contains("terraform_data.other", "as requested", "1 to add, 0 to change, 1 to destroy");
        assertThat(cli.does("refresh", "-no-color")).contains("apply -refresh-only -auto-approve");
    }

    /** As structured output, which terraform words itself. */
    @Test
    void whatIsReplacedTargetedRefreshedAndDestroyedIsSaid(Running platform) throws Exception {
        Cli cli = platform.cli().write("main.tf", CliSample.named("worded"));
        cli.does("init", "-no-color");
        cli.does("apply", "-no-color", "-auto-approve");
        assertThat(cli.does("plan", "-no-color", "-replace=terraform_data.other"))
                .contains("# terraform_data.other will be replaced, as requested")
                .contains("Plan: 1 to add, 0 to change, 1 to destroy.")
                .doesNotContain("terraform_data.store will be");
        assertThat(cli.fails("plan", "-no-color", "-target=terraform_data.store", "-var", "size=large"))
                .contains("Warning: Resource targeting is in effect")
                .contains(
                        "# terraform_data.store will be updated in-place", "Plan: 0 to add, 1 to change, 0 to destroy.")
                .as("a plan of a part is not judged, so it does not pass")
                .contains("Task Stage failed.");
        assertThat(cli.does("apply", "-no-color", "-auto-approve", "-replace=terraform_data.other"))
                .contains(
                        "terraform_data.other: Destroying...",
                        "Apply complete! Resources: 1 added, 0 changed, 1 destroyed.");
        assertThat(cli.does("apply", "-no-color", "-refresh-only", "-auto-approve"))
                .contains("No changes. Your infrastructure still matches the configuration.");
        assertThat(cli.does("plan", "-no-color", "-destroy"))
                .contains("# terraform_data.store will be destroyed", "Plan: 0 to add, 0 to change, 2 to destroy.");
    }

    @Test
    void mistakesAreShownWhereTheyAre(Running platform) throws Exception {
        Cli cli = platform.cli()
                .write(
                        "main.tf",
                        CliSample.named("mistakes") + "output \"bad\" { value = terraform_data.store.nothing }\n");
        cli.does("init", "-no-color");
        assertThat(cli.fails("plan", "-no-color"))
                .contains("Error: Unsupported attribute", "on main.tf line", "terraform_data.store.nothing");
    }

    @Test
    void whatTerraformignoreNamesIsNotSent(Running platform) throws Exception {
        Cli cli = platform.cli()
                .write(
                        "main.tf",
                        CliSample.cloud("name = \"ignore\"")
                                + """
                        output "kept" { value = fileexists("kept.txt") }
                        output "left" { value = fileexists("left.txt") }
                        """)
                .write(".terraformignore", "left.txt\n")
                .write("kept.txt", "")
                .write("left.txt", "");
        cli.does("init", "-no-color");
        assertThat(cli.does("apply", "-no-color", "-auto-approve")).contains("kept = true", "left = false");
    }

    @Test
    void aTargetedApplyIsBlockedAndOverridden(Running platform) throws Exception {
        Cli cli = platform.cli().write("main.tf", CliSample.named("targeted"));
        cli.does("init", "-no-color");
        assertThat(cli.starts("apply", "-no-color", "-target=terraform_data.other")
                        .until("Do you want to override the failed policies?")
                        .type("override")
                        .until("Only 'yes' will be accepted to approve.")
                        .type("yes")
                        .ends(0))
                .contains("Resource targeting is in effect", "Apply complete! Resources: 1 added");
        assertThat(cli.does("state", "list")).contains("terraform_data.other").doesNotContain("terraform_data.store");
    }

    @Test
    void whoRunsTheCommandIsAskedThoughTheWorkspaceAppliesByItself(Running platform) throws Exception {
        platform.api().createWorkspace("acme", "auto", Map.of("auto-apply", true));
        Cli cli = platform.cli().write("main.tf", CliSample.named("auto"));
        cli.does("init", "-no-color");
        assertThat(cli.starts("apply", "-no-color")
                        .until("Only 'yes' will be accepted to approve.")
                        .type("yes")
                        .ends(0))
                .contains("Plan: 2 to add", "Apply complete! Resources: 2 added");
    }

    @Test
    void runsWaitForAPersonsLockAndForEachOther(Running platform) throws Exception {
        Cli cli = platform.cli().write("main.tf", CliSample.named("queue"));
        cli.does("init", "-no-color");
        cli.does("plan", "-no-color");
        platform.calls().act("queue", "lock");
        Screen waiting = cli.starts("apply", "-no-color", "-auto-approve")
                .until("Waiting for the manually locked workspace to be unlocked...");
        platform.calls().act("queue", "unlock");
        assertThat(waiting.ends(0)).contains("Apply complete!");

        Screen first = cli.starts("apply", "-no-color", "-var", "size=first").until("Only 'yes' will be accepted");
        Screen second = cli.starts("apply", "-no-color", "-auto-approve", "-var", "size=second")
                .until("Waiting for 1 run(s) to finish before being queued...");
        first.type("yes").ends(0);
        assertThat(second.ends(0)).contains("\"first\" -> \"second\"", "Apply complete!");
    }

    @Test
    void whatIsImportedGetsItsConfigurationWritten(Running platform) throws Exception {
        Cli cli = platform.cli()
                .write(
                        "main.tf",
                        CliSample.cloud("name = \"adopting\"")
                                + """
                                import {
                                  to = terraform_data.adopted
                                  id = "0b1c7a52"
                                }
                                """);
        cli.does("init", "-no-color");
        assertThat(cli.fails("plan", "-no-color")).contains("terraform_data.adopted");
        assertThat(cli.does("plan", "-no-color", "-generate-config-out=generated.tf"))
                .contains("1 to import");
        assertThat(cli.directory().resolve("generated.tf"))
                .content()
                .contains("resource \"terraform_data\" \"adopted\"");
    }
}
