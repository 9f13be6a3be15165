package io.terrafleet.standalone;

import io.terrafleet.rego.problem.RegoError;
import io.terrafleet.rego.problem.RegoException;
import io.terrafleet.standalone.author.PolicyCommand;
import io.terrafleet.standalone.author.RegoCommand;
import io.terrafleet.standalone.author.ToolFailure;
import io.terrafleet.standalone.tool.CostCommand;
import io.terrafleet.standalone.tool.PricesCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;

/** The commands that need no platform and start at once. {@code ./terrafleet} calls this for them. */
@Command(
        name = "terrafleet",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            PolicyCommand.class,
            RegoCommand.class,
            CostCommand.class,
            PricesCommand.class,
            ToolBenchCommand.class,
            TrainToolsCommand.class
        })
public final class Tools {
    private static final int UNUSABLE = 2;

    private Tools() {}

    public static void main(String... arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** Writes to standard output and error. */
    public static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Tools())
                .setOut(new PrintWriter(System.out, false, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, false, StandardCharsets.UTF_8));
        helped(line);
        line.setExecutionExceptionHandler((failure, command, parsed) -> tell(failure, command.getErr()));
        return line;
    }

    /** Every command tells its options on {@code --help}. */
    private static void helped(CommandLine line) {
        if (line.getCommandSpec().findOption("--help") == null) {
            line.getCommandSpec()
                    .addOption(OptionSpec.builder("--help")
                            .usageHelp(true)
                            .description("This text.")
                            .build());
        }
        line.getSubcommands().values().forEach(Tools::helped);
    }

    private static int tell(Exception failure, PrintWriter err) throws Exception {
        switch (failure) {
            case ToolFailure known -> err.println(known.getMessage());
            case RegoException errors -> {
                for (RegoError error : errors.errors()) {
                    err.println(error);
                }
            }
            default -> throw failure;
        }
        err.flush();
        return UNUSABLE;
    }
}
