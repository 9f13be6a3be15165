package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.standalone.journey.CliPlatform.Running;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** From the backends {@code remote} and {@code s3} to the block {@code cloud}, by {@code terraform init}. */
@ExtendWith(CliPlatform.class)
@Tag(CliPlatform.FLOW)
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

    @Test
    void workspacesWithAPrefixMoveUnderTags(Running platform) throws Exception {
        Cli cli = platform.cli().write("main.tf", CliSample.remote("prefix = \"moving-\"") + CliSample.RESOURCES);
        cli.fails("init", "-no-color");
        for (String name : List.of("dev", "qa")) {
            cli.does("workspace", "new", name);
            cli.write("size.auto.tfvars", "size = \"" + name + "\"\n").does("apply", "-no-color", "-auto-approve");
        }
        cli.write("main.tf", CliSample.cloud("tags = [\"moved\", \"network\"]") + CliSample.RESOURCES);
        assertThat(cli.starts("init", "-no-color")
                        .until("Do you wish to proceed?")
                        .type("yes")
                        .ends(0))
                .contains(
                        "Migrating from backend \"remote\" to HCP Terraform.",
                        "HCP Terraform has been successfully initialized!");
        assertThat(cli.does("workspace", "list")).contains("moving-dev", "moving-qa");
        for (String name : List.of("dev", "qa")) {
            cli.does("workspace", "select", "moving-" + name);
            assertThat(cli.does("output", "-no-color", "size")).contains(name);
            cli.write("size.auto.tfvars", "size = \"" + name + "\"\n");
            assertThat(cli.does("plan", "-no-color")).contains("No changes.");
        }
        assertThat(platform.api().state(platform.calls().id("moving-dev")))
                .as("what was moved is still where it was")
                .isNotEmpty();
    }

    @Test
    void aStateInAnObjectStoreMovesIn(Running platform) throws Exception {
        try (StateBucket bucket = new StateBucket()) {
            Cli cli = platform.cli().write("main.tf", bucket.backend("shop/terraform.tfstate") + CliSample.RESOURCES);
            assertThat(cli.does("init", "-no-color")).contains("Successfully configured the backend \"s3\"!");
            cli.does("apply", "-no-color", "-auto-approve");
            String before = cli.does("state", "show", "-no-color", "terraform_data.store");
            int locked = bucket.locked().size();
            cli.write("main.tf", CliSample.named("from-s3"));
            assertThat(cli.starts("init", "-no-color")
                            .until("Should Terraform migrate your existing state?")
                            .type("yes")
                            .ends(0))
                    .contains("Migrating from backend \"s3\"", "HCP Terraform has been successfully initialized!");
            assertThat(bucket.locked()).as("it was locked while it moved").hasSizeGreaterThan(locked);
            assertThat(cli.does("state", "show", "-no-color", "terraform_data.store"))
                    .isEqualTo(before);
            assertThat(cli.does("plan", "-no-color")).contains("No changes.");
        }
    }

    @Test
    void workspacesInAnObjectStoreMoveInTogether(Running platform) throws Exception {
        try (StateBucket bucket = new StateBucket()) {
            Cli cli = platform.cli().write("main.tf", bucket.backend("shop/terraform.tfstate") + CliSample.RESOURCES);
            cli.does("init", "-no-color");
            for (String name : List.of("north", "south")) {
                cli.does("workspace", "new", name);
                cli.does("apply", "-no-color", "-auto-approve", "-var", "size=" + name);
            }
            assertThat(bucket.keys())
                    .contains("env:/north/shop/terraform.tfstate", "env:/south/shop/terraform.tfstate");
            cli.write("main.tf", CliSample.cloud("tags = { store = \"bucket\" }") + CliSample.RESOURCES);
            cli.starts("init", "-no-color")
                    .until("Would you like to rename your workspaces?")
                    .type("1")
                    .until("How would you like to rename your workspaces?")
                    .type("bucket-*")
                    .ends(0);
            assertThat(cli.does("workspace", "list")).contains("bucket-north", "* bucket-south");
            assertThat(cli.does("output", "-no-color", "size")).contains("south");
        }
    }
}
