package io.terrafleet.api.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.api.command.Command.Verb;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A command is the first line of a comment and nothing else; everything else is talk. */
class CommandTest {
    @Test
    void theFirstLineCommands() {
        assertThat(Command.of("terrafleet plan")).contains(new Command(Verb.PLAN, ""));
        assertThat(Command.of("  /terrafleet  APPLY  net-1 \r\nthank you")).contains(new Command(Verb.APPLY, "net-1"));
        assertThat(Command.of("terrafleet")).contains(new Command(Verb.HELP, ""));
        assertThat(Command.of("terrafleet explode")).contains(new Command(Verb.HELP, ""));
    }

    @Test
    void everythingElseIsTalk() {
        for (String text : List.of(
                "",
                "please terrafleet apply",
                "> terrafleet apply",
                "terrafleets apply",
                "terrafleet apply; rm -rf /",
                "terrafleet apply a b",
                "terrafleet apply $(x)",
                "hello\nterrafleet apply",
                "terrafleet apply " + "a".repeat(200))) {
            assertThat(Command.of(text)).as(text).isEmpty();
        }
    }
}
