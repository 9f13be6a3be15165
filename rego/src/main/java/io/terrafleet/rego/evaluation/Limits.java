package io.terrafleet.rego.evaluation;

import java.time.Duration;

/**
 * Bounds of one evaluation; each stops it with {@code eval_limit_error}.
 *
 * @param steps how many steps (about: literals tried) it may take
 * @param depth how deep rules and functions may call each other
 * @param time how long it may take on the wall clock
 * @param memory bytes, as an estimate of everything it builds, whether it keeps it or not; documents do not count
 */
public record Limits(long steps, int depth, Duration time, long memory) {
    /** Enough for some million collected values. */
    public static final long USUAL_MEMORY = 1L << 30;

    /** Generous for policies over plans with some ten thousand resources. */
    public static final Limits DEFAULT = new Limits(200_000_000L, 1_000, Duration.ofSeconds(30));

    public Limits(long steps, int depth, Duration time) {
        this(steps, depth, time, USUAL_MEMORY);
    }

    public Limits withMemory(long bytes) {
        return new Limits(steps, depth, time, bytes);
    }
}
