package io.terrafleet.messaging.trace;

import java.time.Instant;
import java.util.Map;

/**
 * A stretch of a run's time.
 *
 * @param kind as OTLP numbers it
 * @param failed whether it ended as it should not
 */
public record Span(String name, int kind, Instant begin, Instant end, boolean failed, Map<String, String> attributes) {
    private static final int INTERNAL = 1;
    private static final int CONSUMER = 5;

    public static Span inside(String name, Instant begin, Instant end, boolean failed, Map<String, String> attributes) {
        return new Span(name, INTERNAL, begin, end, failed, attributes);
    }

    /** A record was taken from its topic. */
    public static Span consumed(String name, Instant begin, Instant end, Map<String, String> attributes) {
        return new Span(name, CONSUMER, begin, end, false, attributes);
    }
}
