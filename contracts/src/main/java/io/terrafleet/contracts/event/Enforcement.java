package io.terrafleet.contracts.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** What a failed policy does to the run: is told, can be overridden by someone who may, or ends it. */
public enum Enforcement {
    ADVISORY,
    MANDATORY,
    HARD_MANDATORY;

    /** {@code advisory}, {@code mandatory} or {@code hard-mandatory}. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Also reads {@code soft-mandatory}, the older word for mandatory. */
    @JsonCreator
    public static Enforcement of(String word) {
        if (word.equals("soft-mandatory")) {
            return MANDATORY;
        }
        return Arrays.stream(values())
                .filter(level -> level.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown enforcement level \"" + word
                        + "\": expected advisory, mandatory (or soft-mandatory) or hard-mandatory"));
    }
}
