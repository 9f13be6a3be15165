package io.terrafleet.api.task;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Shows a task that a payload is ours: HMAC-SHA512 of the body in hexadecimal digits, empty for a task without a key. */
public final class TaskSignature {
    public static final String HEADER = "X-TFC-Task-Signature";

    private TaskSignature() {}

    public static String of(String key, byte[] body) {
        if (key.isEmpty()) {
            return "";
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA512"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has HmacSHA512", e);
        }
    }
}
