package io.terrafleet.standalone.author;

import picocli.CommandLine.Command;

/** What can be done with policies and plans. */
@Command(
        name = "policy",
        description = "Judges plans and runs the tests of policies.",
        synopsisSubcommandLabel = "eval|test",
        subcommands = {PolicyEvalCommand.class, PolicyTestCommand.class})
public final class PolicyCommand {}
