package io.terrafleet.standalone.author;

import picocli.CommandLine.Command;

/** What can be done with policies and plans. */
@Command(
        name = "policy",
        description = "Judges plans, of today and of the past, and runs the tests of policies.",
        synopsisSubcommandLabel = "eval|test|replay",
        subcommands = {PolicyEvalCommand.class, PolicyTestCommand.class, PolicyReplayCommand.class})
public final class PolicyCommand {}
