package io.terrafleet.rego.evaluation;

import java.time.Instant;
import java.util.function.Consumer;

/**
 * How an evaluation behaves besides its documents.
 *
 * @param strictBuiltinErrors a failing built-in function fails the evaluation instead of being undefined
 * @param now what {@code time.now_ns} answers
 * @param printed receives each line of {@code print}
 */
public record Settings(Limits limits, boolean strictBuiltinErrors, Instant now, Consumer<String> printed) {
    /** Not strict, prints nowhere; time stands at the epoch, so that policies are reproducible unless told otherwise. */
    public static final Settings DEFAULT = new Settings(Limits.DEFAULT, false, Instant.EPOCH, line -> {});

    public Settings withLimits(Limits other) {
        return new Settings(other, strictBuiltinErrors, now, printed);
    }

    public Settings withStrictBuiltinErrors(boolean strict) {
        return new Settings(limits, strict, now, printed);
    }

    public Settings withNow(Instant instant) {
        return new Settings(limits, strictBuiltinErrors, instant, printed);
    }

    public Settings withPrinted(Consumer<String> sink) {
        return new Settings(limits, strictBuiltinErrors, now, sink);
    }
}
