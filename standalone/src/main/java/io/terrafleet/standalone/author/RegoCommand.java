package io.terrafleet.standalone.author;

import picocli.CommandLine.Command;

/** What can be done with a policy's text. */
@Command(
        name = "rego",
        description = "Evaluates, checks and formats Rego, in the manner of the opa tool.",
        synopsisSubcommandLabel = "eval|check|fmt",
        subcommands = {RegoEvalCommand.class, RegoCheckCommand.class, RegoFmtCommand.class})
public final class RegoCommand {}
