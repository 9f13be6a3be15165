package io.terrafleet.standalone.tool;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./terrafleet cost}, {@code ./terrafleet prices} and {@code ./terrafleet bench cost}: its own main class, for a quick start. */
@Command(
        name = "terrafleet",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {CostCommand.class, PricesCommand.class, CostBenchCommand.class})
public final class CostTool {
    private CostTool() {}

    public static void main(String... arguments) {
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int status = commandLine(out, err).execute(arguments);
        out.flush();
        err.flush();
        System.exit(status);
    }

    static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        CommandLine line = new CommandLine(new CostTool()).setOut(out).setErr(err);
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof ToolFailed failed) {
                err.println(failed.getMessage());
                return 1;
            }
            throw failure;
        });
        return line;
    }
}
