package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.standalone.journey.CliPlatform.Running;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Workspaces found and made by name, tags and prefix, over the cloud block and the remote backend. */
@ExtendWith(CliPlatform.class)
@Tag(CliPlatform.FLOW)
@Execution(ExecutionMode.CONCURRENT)
class WorkspaceJourney {
    @Test
    void flatTags(Running platform) throws Exception {
        Cli cli = platform.cli()
                .write("main.tf", CliSample.cloud("tags = [\"network\", \"tagged\"]") + CliSample.RESOURCES);
        workspaces(cli, "net");
    }

    @Test
    void keysAndValues(Running platform) throws Exception {
        Cli cli = platform.cli()
                .write("main.tf", CliSample.cloud("tags = { env = \"dev\", team = \"pay\" }") + CliSample.RESOURCES);
        workspaces(cli, "pay");
    }

    private static void workspaces(Cli cli, String name) throws Exception {
        assertThat(cli.starts("init", "-no-color")
                        .until("There are no workspaces with the configured tags")
                        .type(name + "-a")
                        .ends(0))
                .contains("successfully initialized!");
        assertThat(cli.does("workspace", "new", name + "-b")).contains("Created and switched to workspace");
        assertThat(cli.does("workspace", "list")).contains("  " + name + "-a", "* " + name + "-b");
        cli.does("workspace", "select", name + "-a");
        assertThat(cli.does("workspace", "show")).contains(name + "-a");
        assertThat(cli.does("workspace", "delete", name + "-b")).contains("Deleted workspace");
        assertThat(cli.does("workspace", "list")).doesNotContain(name + "-b");
    }

    @Test
    void remoteBackendWithAName(Running platform) throws Exception {
        Cli cli = platform.cli().write("main.tf", CliSample.remote("name = \"backend\"") + CliSample.RESOURCES);
        assertThat(cli.does("init", "-no-color")).contains("Successfully configured the backend \"remote\"!");
        assertThat(cli.starts("apply", "-no-color")
                        .until("Only 'yes' will be accepted to approve.")
                        .type("yes")
                        .ends(0))
                .contains(
                        "Running apply in the remote backend",
                        "2 to add, 0 to change",
                        "Apply complete! Resources: 2 added")
                .doesNotContain("{\"@level\"");
        assertThat(cli.does("state", "list")).contains("terraform_data.store");
        assertThat(cli.does("output", "-no-color")).contains("size = \"small\"");
        assertThat(cli.fails("plan", "-no-color", "-out=plan.bin"))
                .contains("Saving a generated plan is currently not supported");
    }

    @Test
    void remoteBackendWithAPrefix(Running platform) throws Exception {
        Cli cli = platform.cli().write("main.tf", CliSample.remote("prefix = \"front-\"") + CliSample.RESOURCES);
        assertThat(cli.fails("init", "-no-color")).contains("No existing workspaces.");
        cli.does("workspace", "new", "dev");
        cli.does("workspace", "new", "qa");
        assertThat(cli.does("workspace", "list")).contains("  dev", "* qa").doesNotContain("front-");
        assertThat(cli.does("plan", "-no-color")).contains("/app/acme/front-qa/runs/run-", "2 to add");
        cli.does("workspace", "select", "dev");
        assertThat(cli.does("workspace", "delete", "qa")).contains("Deleted workspace");
    }
}
