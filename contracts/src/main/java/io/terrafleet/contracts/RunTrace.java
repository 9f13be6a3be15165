package io.terrafleet.contracts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The identifiers of a run's trace, in the digits of W3C Trace Context (https://www.w3.org/TR/trace-context/). They are computed from
 * names that every process knows, so nothing has to be handed on beside the events, and what happens twice has the same identifier twice.
 */
public final class RunTrace {
    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;

    private RunTrace() {}

    /** 32 hexadecimal digits: the beginning of the SHA-256 of the run's id. */
    public static String trace(RunId run) {
        return digits(run.value(), 0, TRACE_BYTES);
    }

    /** The span of the run as a whole, 16 hexadecimal digits: those that follow the trace's. */
    public static String root(RunId run) {
        return digits(run.value(), TRACE_BYTES, SPAN_BYTES);
    }

    /** From asking for a runner until one has claimed the job. */
    public static String queued(JobId job) {
        return span(job.run(), "queued " + job);
    }

    /** From a runner's claim until its phase was over. */
    public static String phase(JobId job) {
        return span(job.run(), "phase " + job);
    }

    /** While the judges look at the plan. */
    public static String judging(RunId run, String planSha256) {
        return span(run, "judging " + planSha256);
    }

    /** @param what differs from that of every other span of the run */
    public static String span(RunId run, String what) {
        return digits(run + " " + what, 0, SPAN_BYTES);
    }

    /** The header {@code traceparent} of what a phase does: programs take it from their environment as {@code TRACEPARENT}. */
    public static String parent(JobId job) {
        return "00-" + trace(job.run()) + "-" + phase(job) + "-01";
    }

    private static String digits(String text, int from, int bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, from, from + bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
