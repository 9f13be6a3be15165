package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.standalone.journey.CliPlatform.Running;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Ctrl-C. */
@ExtendWith(CliPlatform.class)
@Tag(CliPlatform.FLOW)
@Execution(ExecutionMode.CONCURRENT)
class InterruptJourney {
    private static final String SLOW =
            """
            resource "terraform_data" "slow" {
              provisioner "local-exec" { command = "sleep 60" }
            }
            """;

    @Test
    void onceCancelsTheRun(Running platform) throws Exception {
        Cli cli = platform.cli().write("main.tf", CliSample.cloud("name = \"once\"") + SLOW);
        cli.does("init", "-no-color");
        Screen apply = cli.starts("apply", "-no-color", "-auto-approve").until("terraform_data.slow: Creating...");
        assertThat(apply.interrupt().ends(0))
                .contains("Interrupt received", "The remote operation was successfully cancelled.");
        assertThat(platform.calls().latestRun("once").status()).isIn("canceled", "applying");
    }

    @Test
    void onceAsksWhoeverIsThereToAnswer(Running platform) throws Exception {
        Cli cli = platform.cli().write("main.tf", CliSample.cloud("name = \"asked\"") + SLOW);
        cli.does("init", "-no-color");
        Screen apply = cli.starts("apply", "-no-color")
                .until("Only 'yes' will be accepted to approve.")
                .type("yes")
                .until("terraform_data.slow: Creating...");
        assertThat(apply.interrupt()
                        .until("Do you want to cancel the remote operation?")
                        .type("yes")
                        .ends(0))
                .contains("Interrupt received", "The remote operation was successfully cancelled.");
    }

    /** The second Ctrl-C reaches terraform's question and terraform itself: whichever hears it first words the end. */
    @Test
    void twiceLeavesAtOnce(Running platform) throws Exception {
        Cli cli = platform.cli().write("main.tf", CliSample.cloud("name = \"twice\"") + SLOW);
        cli.does("init", "-no-color");
        Screen apply = cli.starts("apply", "-no-color")
                .until("Only 'yes' will be accepted to approve.")
                .type("yes")
                .until("terraform_data.slow: Creating...");
        apply.interrupt().until("Do you want to cancel the remote operation?").interrupt();
        assertThat(apply.ends(1)).containsAnyOf("Two interrupts received", "Failed asking to cancel: interrupted");
        assertThat(platform.calls().latestRun("twice").status()).isEqualTo("applying");
        platform.api().act(platform.calls().latestRun("twice").id(), "cancel", "");
    }
}
