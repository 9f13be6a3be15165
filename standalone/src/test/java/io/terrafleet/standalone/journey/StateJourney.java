package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.standalone.journey.CliPlatform.Running;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** State: read, changed, moved in; executed locally; locked. */
@ExtendWith(CliPlatform.class)
@Tag(CliPlatform.FLOW)
@Execution(ExecutionMode.CONCURRENT)
class StateJourney {
    @Test
    void stateIsReadAndChanged(Running platform) throws Exception {
        Cli cli = platform.cli().write("main.tf", CliSample.named("state"));
        cli.does("init", "-no-color");
        cli.does("apply", "-no-color", "-auto-approve");
        assertThat(cli.does("state", "list")).contains("terraform_data.other", "terraform_data.store");
        assertThat(cli.does("state", "show", "-no-color", "terraform_data.store"))
                .contains("\"small\"");
        assertThat(cli.does("state", "mv", "terraform_data.other", "terraform_data.moved"))
                .contains("Successfully moved 1 object");
        assertThat(cli.does("state", "rm", "terraform_data.moved"))
                .contains("Successfully removed 1 resource instance");
        String pulled = cli.does("state", "pull");
        assertThat(pulled).contains("\"lineage\"").doesNotContain("moved");
        assertThat(cli.starts("console")
                        .type("terraform_data.store.output")
                        .closeInput()
                        .ends(0))
                .contains("\"small\"");
        assertThat(cli.does("taint", "terraform_data.store")).contains("has been marked as tainted");
        cli.write("pulled.tfstate", pulled);
        assertThat(cli.fails("state", "push", "pulled.tfstate")).contains("serial");
        Matcher serial = Pattern.compile("\"serial\": (\\d+)").matcher(pulled);
        assertThat(serial.find()).as(pulled).isTrue();
        cli.write("newer.tfstate", serial.replaceFirst("\"serial\": " + (Long.parseLong(serial.group(1)) + 10)));
        cli.does("state", "push", "newer.tfstate");
        assertThat(cli.does("state", "show", "-no-color", "terraform_data.store"))
                .as("the pushed state has no taint")
                .doesNotContain("tainted");
        String foreign = pulled.replaceFirst("\"lineage\": \"[^\"]+\"", "\"lineage\": \"of-another-house\"");
        cli.write("foreign.tfstate", foreign);
        assertThat(cli.fails("state", "push", "foreign.tfstate")).contains("lineage");
        assertThat(cli.fails("state", "push", "-force", "pulled.tfstate"))
                .as("with a cloud block terraform keeps the word \"force\" to itself; the server says what helps")
                .contains("give it a higher serial");
        cli.does("force-unlock", "-force", "acme/state");
    }

    @Test
    void localExecutionKeepsStateAndLocksHere(Running platform) throws Exception {
        platform.api()
                .createWorkspace("acme", "local", Map.of("execution-mode", "local", "terraform-version", "1.11.4"));
        Cli cli = platform.cli().write("main.tf", CliSample.named("local"));
        cli.does("init", "-no-color");
        assertThat(cli.starts("apply", "-no-color")
                        .until("Only 'yes' will be accepted to approve.")
                        .type("yes")
                        .ends(0))
                .contains("Apply complete! Resources: 2 added")
                .doesNotContain("Running apply in");
        assertThat(cli.does("plan", "-no-color")).contains("No changes.");
        platform.calls().act("local", "lock");
        assertThat(cli.fails("apply", "-no-color", "-auto-approve"))
                .contains("Error acquiring the state lock", "acme/local");
        assertThat(cli.starts("force-unlock", "acme/local")
                        .until("Only 'yes' will be accepted to confirm.")
                        .type("yes")
                        .ends(0))
                .contains("successfully unlocked");
        assertThat(cli.does("destroy", "-no-color", "-auto-approve"))
                .contains("Destroy complete! Resources: 2 destroyed.");
    }

    @Test
    void aStateOfAnotherBackendMovesIn(Running platform) throws Exception {
        try (StateServer elsewhere = new StateServer()) {
            Cli cli = platform.cli().write("main.tf", elsewhere.backend() + CliSample.RESOURCES);
            cli.does("init", "-no-color");
            cli.does("apply", "-no-color", "-auto-approve");
            assertThat(elsewhere.state()).contains("terraform_data");
            cli.write("main.tf", CliSample.named("moved-over"));
            assertThat(cli.starts("init", "-no-color")
                            .until("Should Terraform migrate your existing state?")
                            .type("yes")
                            .ends(0))
                    .contains("Migrating from backend \"http\"", "has been successfully initialized!");
            assertThat(cli.does("plan", "-no-color")).contains("No changes.");
            assertThat(cli.does("state", "pull")).contains(elsewhere.ids());
            assertThat(elsewhere.locks())
                    .as("the state was locked while it moved")
                    .isGreaterThan(1);
        }
    }

    @Test
    void workspacesOfALocalStateMoveInTogether(Running platform) throws Exception {
        Cli cli = platform.cli().write("main.tf", CliSample.RESOURCES);
        cli.does("init", "-no-color");
        for (String name : new String[] {"blue", "green"}) {
            cli.does("workspace", "new", name);
            cli.does("apply", "-no-color", "-auto-approve", "-var", "size=" + name);
        }
        cli.write("main.tf", CliSample.cloud("tags = [\"many\"]") + CliSample.RESOURCES);
        cli.starts("init", "-no-color")
                .until("Would you like to rename your workspaces?")
                .type("1")
                .until("How would you like to rename your workspaces?")
                .type("many-*")
                .ends(0);
        assertThat(cli.does("workspace", "list")).contains("many-blue", "* many-green");
        assertThat(cli.does("output", "-no-color", "size")).contains("green");
    }

    @Test
    void localStateMovesIn(Running platform) throws Exception {
        Cli cli = platform.cli().write("main.tf", CliSample.RESOURCES);
        cli.does("init", "-no-color");
        cli.does("apply", "-no-color", "-auto-approve");
        cli.write("main.tf", CliSample.named("moved-in"));
        assertThat(cli.starts("init", "-no-color")
                        .until("Should Terraform migrate your existing state?")
                        .type("yes")
                        .ends(0))
                .contains("has been successfully initialized!");
        assertThat(cli.does("state", "list")).contains("terraform_data.store");
        assertThat(cli.does("plan", "-no-color")).contains("No changes.");
    }
}
