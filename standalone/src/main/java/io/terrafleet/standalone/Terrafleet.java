package io.terrafleet.standalone;

import io.quarkus.runtime.annotations.QuarkusMain;
import io.terrafleet.standalone.cluster.ClusterTestCommand;
import io.terrafleet.standalone.platform.PlatformUnusable;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command line. {@code ./terrafleet} builds what is missing and calls this. */
@QuarkusMain
@Command(
        name = "terrafleet",
        description = "Runs Terraform for all teams of a company: priced, policed, event-driven.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            AgentCommand.class,
            BenchCommand.class,
            ClusterTestCommand.class,
            SoakCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            TrainCommand.class,
            HelpCommand.class
        },
        footer = {
            "",
            "./terrafleet test runs every test. Data is kept in .terrafleet/data unless --data says otherwise."
        })
public final class Terrafleet {
    private Terrafleet() {}

    public static void main(String... arguments) {
        CommandLine line = new CommandLine(new Terrafleet());
        line.setExecutionExceptionHandler((failure, command, parsed) -> tell(failure, command.getErr()));
        System.exit(line.execute(arguments));
    }

    private static int tell(Exception failure, PrintWriter err) throws Exception {
        if (failure instanceof PlatformUnusable unusable) {
            err.println(unusable.getMessage());
            err.flush();
            return 1;
        }
        throw failure;
    }
}
