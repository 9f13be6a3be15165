package io.terrafleet.contracts.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a judge says of a plan: go on, stop unless somebody who may overrides, or stop. */
public enum Verdict {
    APPROVE,
    BLOCK_OVERRIDABLE,
    BLOCK;

    /** {@code approve}, {@code block-overridable} or {@code block}. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @JsonCreator
    public static Verdict of(String word) {
        for (Verdict verdict : values()) {
            if (verdict.word().equals(word)) {
                return verdict;
            }
        }
        throw new IllegalArgumentException("unknown verdict \"" + word + "\"");
    }

    /** The stricter of two. */
    public Verdict and(Verdict other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
