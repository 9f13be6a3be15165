package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.standalone.journey.CliPlatform.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** An organization that may have one run at a time: what the command line says to those who wait. */
@ExtendWith(CliPlatform.class)
@Tag(CliPlatform.FLOW)
@Execution(ExecutionMode.CONCURRENT)
class QueueJourney {
    @TempDir
    Path directory;

    private Cli named(Running platform, String workspace) throws Exception {
        Cli cli = platform.cli()
                .write(
                        "main.tf",
                        CliSample.named(workspace).replace("\"" + CliPlatform.ORGANIZATION + "\"", "\"narrow\"")
                                + """
                                resource "terraform_data" "slow" {
                                  count = var.size == "slow" ? 1 : 0
                                  provisioner "local-exec" { command = "while [ ! -e %s ]; do sleep 0.2; done" }
                                }
                                """
                                        .formatted(directory.resolve("go")));
        cli.does("init", "-no-color");
        return cli;
    }

    @Test
    void whoWaitsForAPlaceReadsHowManyAreBefore(Running platform) throws Exception {
        platform.api().createOrganization("narrow");
        platform.calls()
                .send(
                        "PATCH",
                        "admin/organizations/narrow",
                        Map.of("data", Map.of("attributes", Map.of("run-limit", 1))));
        Cli first = named(platform, "first");
        Cli second = named(platform, "second");
        Cli third = named(platform, "third");
        Screen busy = first.starts("apply", "-no-color", "-auto-approve", "-var", "size=slow")
                .until("terraform_data.slow[0]: Provisioning with 'local-exec'...");
        Screen next = second.starts("apply", "-no-color", "-auto-approve")
                .until("Waiting for 1 queued run(s) to finish before starting...");
        Screen last =
                third.starts("plan", "-no-color").until("Waiting for 2 queued run(s) to finish before starting...");
        Files.createFile(directory.resolve("go"));
        assertThat(busy.ends(0)).contains("Apply complete!");
        assertThat(next.ends(0)).contains("Apply complete!");
        assertThat(last.ends(0)).contains("Plan: 2 to add");
    }
}
