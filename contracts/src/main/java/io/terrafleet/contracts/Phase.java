package io.terrafleet.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The two halves of a run that execute terraform. */
public enum Phase {
    PLAN,
    APPLY;

    /** {@code plan} or {@code apply}. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static Phase of(String word) {
        for (Phase phase : values()) {
            if (phase.word().equals(word)) {
                return phase;
            }
        }
        throw new IllegalArgumentException("unknown phase \"" + word + "\": expected plan or apply");
    }
}
