package io.terrafleet.api.task;

import io.terrafleet.api.problem.Problem;
import java.util.Arrays;
import java.util.Locale;

/** Whether a task that does not pass stops the run. */
public enum Level {
    ADVISORY,
    MANDATORY;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Level of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    static Level parse(String attribute, String word) {
        return Arrays.stream(values())
                .filter(level -> level.word().equals(word))
                .findFirst()
                .orElseThrow(() -> Problem.invalid(attribute, "Enforcement level must be advisory or mandatory"));
    }
}
