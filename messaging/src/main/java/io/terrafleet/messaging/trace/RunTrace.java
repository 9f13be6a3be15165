package io.terrafleet.messaging.trace;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The identifiers of a run's trace, computed from the run's own: whoever knows the run knows its trace, so nothing has to be handed from
 * process to process, and what is told twice has the same identifier.
 */
public final class RunTrace {
    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;

    private RunTrace() {}

    /** 32 hexadecimal digits. */
    public static String trace(String run) {
        return digits("trace " + run, TRACE_BYTES);
    }

    /** The span of the run as a whole, 16 hexadecimal digits; all others are below it. */
    public static String root(String run) {
        return digits("run " + run, SPAN_BYTES);
    }

    /** @param what differs from that of every other span of the run */
    static String span(String run, String service, String what) {
        return digits("span " + run + " " + service + " " + what, SPAN_BYTES);
    }

    private static String digits(String text, int bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
