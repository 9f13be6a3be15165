package io.terrafleet.telemetry;

import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.RunTrace;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Something that took time for a run and is over: a span of its trace. Never with a value, a token or a message of an exception in it: whoever
 * reads traces may not be allowed to see the run.
 *
 * @param id 16 hexadecimal digits, see {@link RunTrace}
 * @param parent of the span it belongs to; empty for the run as a whole
 * @param name one of few
 * @param taken whether it is the handling of a message
 * @param failure one word, when it was in vain
 */
public record Stretch(
        RunId run,
        String id,
        Optional<String> parent,
        String name,
        boolean taken,
        Instant begin,
        Instant end,
        Optional<String> failure,
        Map<String, String> attributes) {}
