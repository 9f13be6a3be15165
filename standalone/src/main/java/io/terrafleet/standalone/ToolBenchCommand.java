package io.terrafleet.standalone;

import io.terrafleet.standalone.author.PolicyBenchCommand;
import io.terrafleet.standalone.tool.CostBenchCommand;
import io.terrafleet.standalone.tool.PricesBenchCommand;
import picocli.CommandLine.Command;

/** The benchmarks that need no platform. */
@Command(
        name = "bench",
        description =
                "Measures what needs no platform; the exit code is 1 when a promise does not hold on this machine.",
        synopsisSubcommandLabel = "NAME",
        subcommands = {PolicyBenchCommand.class, CostBenchCommand.class, PricesBenchCommand.class})
final class ToolBenchCommand {}
