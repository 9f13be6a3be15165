package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.standalone.journey.CliPlatform.Running;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Runs that read the state of another workspace with the token that each run gets, as far as that workspace shares it. */
@ExtendWith(CliPlatform.class)
@Tag(CliPlatform.FLOW)
@Execution(ExecutionMode.CONCURRENT)
class SharingJourney {
    private static final String SOURCE = "shared-source";
    private static final String READER = "shared-reader";

    @Test
    void aRunReadsTheStateOfAnotherWorkspaceOnlyWhenThatSharesIt(Running platform) throws Exception {
        Cli source = platform.cli().write("main.tf", CliSample.named(SOURCE));
        source.does("init", "-no-color");
        source.does("apply", "-no-color", "-auto-approve");
        CliCalls calls = platform.calls();
        calls.changeWorkspace(SOURCE, "global-remote-state", false);

        Cli reader = platform.cli().write("main.tf", reading("localterraform.com"));
        reader.does("init", "-no-color");
        assertThat(reader.fails("plan", "-no-color"))
                .as("shared with nobody")
                .contains("data.terraform_remote_state.source", SOURCE)
                .doesNotContain("\"small\"");

        consumers(calls, "POST");
        assertThat(reader.does("apply", "-no-color", "-auto-approve"))
                .as("shared with this one")
                .contains("seen = \"small\"", "Apply complete!");

        reader.write("main.tf", reading(platform.url().getAuthority()));
        assertThat(reader.does("plan", "-no-color"))
                .as("by the platform's own address")
                .contains("No changes.");

        consumers(calls, "DELETE");
        assertThat(reader.fails("plan", "-no-color"))
                .as("shared no more")
                .contains("data.terraform_remote_state.source", SOURCE);

        calls.changeWorkspace(SOURCE, "global-remote-state", true);
        assertThat(reader.does("plan", "-no-color"))
                .as("shared with the whole organization")
                .contains("No changes.");
    }

    private static String reading(String hostname) {
        return CliSample.cloud("name = \"" + READER + "\"")
                + """
                data "terraform_remote_state" "source" {
                  backend = "remote"
                  config = {
                    hostname     = "%s"
                    organization = "acme"
                    workspaces   = { name = "%s" }
                  }
                }
                output "seen" { value = data.terraform_remote_state.source.outputs.size }
                """
                        .formatted(hostname, SOURCE);
    }

    private static void consumers(CliCalls calls, String method) throws Exception {
        calls.send(
                method,
                "workspaces/" + calls.id(SOURCE) + "/relationships/remote-state-consumers",
                Map.of("data", List.of(Map.of("type", "workspaces", "id", calls.id(READER)))));
    }
}
