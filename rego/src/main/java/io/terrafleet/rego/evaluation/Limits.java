package io.terrafleet.rego.evaluation;

import java.time.Duration;

/**
 * Bounds of one evaluation; each stops it with {@code eval_limit_error}.
 *
 * @param steps how many steps (about: literals tried) it may take
 * @param depth how deep rules and functions may call each other
 * @param time how long it may take on the wall clock
 */
public record Limits(long steps, int depth, Duration time) {
    /** Generous for policies over plans with some ten thousand resources. */
    public static final Limits DEFAULT = new Limits(200_000_000L, 1_000, Duration.ofSeconds(30));
}
