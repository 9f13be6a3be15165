package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.standalone.journey.CliPlatform.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** From the backend {@code remote} to the block {@code cloud}, by {@code terraform init}. */
@ExtendWith(CliPlatform.class)
@Execution(ExecutionMode.CONCURRENT)
class MigrationJourney {
    @Test
    void aWorkspaceByNameMovesToAnother(Running platform) throws Exception {
        Cli cli = platform.cli().write("main.tf", CliSample.remote("name = \"from-remote\"") + CliSample.RESOURCES);
        cli.does("init", "-no-color");
        cli.does("apply", "-no-color", "-auto-approve");
        cli.write("main.tf", CliSample.named("to-cloud"));
        assertThat(cli.starts("init", "-no-color")
                        .until("Should Terraform migrate your existing state?")
                        .type("yes")
                        .ends(0))
                .contains(
                        "Migrating from backend \"remote\" to HCP Terraform.",
                        "HCP Terraform has been successfully initialized!");
        assertThat(cli.does("state", "list")).contains("terraform_data.store");
        assertThat(cli.does("plan", "-no-color")).contains("No changes.");
    }
}
