package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.standalone.journey.CliPlatform.Running;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code plan -out}, {@code show} and {@code apply FILE}. */
@ExtendWith(CliPlatform.class)
@Tag(CliPlatform.FLOW)
@Execution(ExecutionMode.CONCURRENT)
class SavedPlanJourney {
    @Test
    void aSavedPlanIsShownAndApplied(Running platform) throws Exception {
        Cli cli = platform.cli().write("main.tf", CliSample.named("saved"));
        cli.does("init", "-no-color");
        assertThat(cli.does("plan", "-no-color", "-out=saved.tfplan"))
                .contains("Plan: 2 to add", "Saved the plan to: saved.tfplan");
        assertThat(cli.does("show", "-no-color", "saved.tfplan")).contains("# terraform_data.store will be created");
        assertThat(cli.does("show", "-json", "saved.tfplan")).contains("\"resource_changes\"");

        Screen other = cli.starts("apply", "-no-color", "-auto-approve", "-var", "size=other");
        assertThat(other.ends(0)).as("a saved plan does not hold the workspace").contains("Apply complete!");
        assertThat(cli.fails("apply", "-no-color", "saved.tfplan")).contains("Saved plan is stale");

        cli.does("plan", "-no-color", "-out=fresh.tfplan");
        assertThat(cli.does("apply", "-no-color", "fresh.tfplan"))
                .contains("Apply complete! Resources: 0 added, 1 changed, 0 destroyed.");
        assertThat(cli.fails("apply", "-no-color", "fresh.tfplan")).contains("Saved plan is already applied");
    }
}
