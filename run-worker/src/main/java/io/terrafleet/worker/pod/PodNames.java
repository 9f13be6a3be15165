package io.terrafleet.worker.pod;

import io.terrafleet.contracts.JobId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** Names and label values that Kubernetes accepts, whatever the text they are made of. */
final class PodNames {
    private static final int LONGEST_LABEL = 63;
    private static final int HASH_DIGITS = 8;

    private PodNames() {}

    /**
     * Name of a job's Kubernetes Job and Secret: the same however often it is asked for. A job's identifier tells upper from lower case
     * and a Kubernetes name has no upper case, so a few digits of its hash follow.
     */
    static String of(JobId job) {
        return "tf-" + job.toString().toLowerCase(Locale.ROOT) + "-" + hash(job.toString());
    }

    /** The text as far as a label value may hold it (https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/). */
    static String label(String text) {
        String value = text.replaceAll("[^A-Za-z0-9._-]", "-");
        if (value.length() > LONGEST_LABEL) {
            value = value.substring(0, LONGEST_LABEL);
        }
        return value.replaceAll("^[^A-Za-z0-9]+|[^A-Za-z0-9]+$", "");
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
