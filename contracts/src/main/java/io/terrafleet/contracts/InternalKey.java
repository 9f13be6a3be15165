package io.terrafleet.contracts;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that the services of one installation share. From it come the one-time claim token of a job (so no token rides Kafka:
 * worker and api derive the same) and short-lived signatures for artifact downloads. HMAC-SHA256, a label for each purpose.
 */
public final class InternalKey {
    private static final String ALGORITHM = "HmacSHA256";
    private final SecretKeySpec key;

    /** @param secret at least 32 characters */
    public InternalKey(String secret) {
        if (secret.length() < 32) {
            throw new IllegalArgumentException("the internal key must have at least 32 characters");
        }
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** What a runner shows once to claim the job. */
    public String claimToken(JobId job) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mac("claim\n" + job));
    }

    public boolean isClaimToken(JobId job, String shown) {
        return same(claimToken(job), shown);
    }

    /** Path and query, relative to the api's base URL, that downloads an artifact until {@code expires}. */
    public String artifactPath(String artifactId, Instant expires) {
        long seconds = expires.getEpochSecond();
        return "/api/internal/v1/artifacts/" + artifactId + "?expires=" + seconds + "&signature="
                + artifactSignature(artifactId, seconds);
    }

    public boolean isArtifactSignature(String artifactId, long expires, String shown, Instant now) {
        return now.getEpochSecond() <= expires && same(artifactSignature(artifactId, expires), shown);
    }

    /** A signature of a text for one purpose, 64 hexadecimal digits: makes links that nobody else can make. */
    public String sign(String purpose, String text) {
        return HexFormat.of().formatHex(mac(purpose + "\n" + text));
    }

    public boolean isSignature(String purpose, String text, String shown) {
        return same(sign(purpose, text), shown);
    }

    private String artifactSignature(String artifactId, long expires) {
        return HexFormat.of().formatHex(mac("artifact\n" + artifactId + "\n" + expires));
    }

    private byte[] mac(String message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no " + ALGORITHM, e);
        }
    }

    private static boolean same(String expected, String shown) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "InternalKey(hidden)";
    }
}
