package io.terrafleet.api.command;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a comment commands: its first line, when that is {@code terrafleet VERB} with at most one word behind it. Everything else in comments is
 * talk. The words are data and go nowhere but into comparisons.
 *
 * @param argument the name of a workspace, or a code; empty for none
 */
record Command(Verb verb, String argument) {
    private static final Pattern LINE =
            Pattern.compile("/?terrafleet(?: +([A-Za-z]{1,20}))?(?: +([A-Za-z0-9_-]{1,100}))?");

    enum Verb {
        PLAN,
        APPLY,
        DISCARD,
        UNLOCK,
        HELP,
        LINK;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Verb> of(String word) {
            return Arrays.stream(values())
                    .filter(verb -> verb.name().equalsIgnoreCase(word))
                    .findFirst();
        }
    }

    /** Empty for what is none; a verb that nobody knows asks for help. */
    static Optional<Command> of(String comment) {
        String first = comment.stripLeading().lines().findFirst().orElse("").strip();
        Matcher line = LINE.matcher(first);
        if (!line.matches()) {
            return Optional.empty();
        }
        String word = Optional.ofNullable(line.group(1)).orElse("help");
        return Optional.of(new Command(
                Verb.of(word).orElse(Verb.HELP),
                Optional.ofNullable(line.group(2)).orElse("")));
    }
}
