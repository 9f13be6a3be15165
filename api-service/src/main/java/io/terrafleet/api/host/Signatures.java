package io.terrafleet.api.host;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The ways in which hosts prove that a delivery is theirs. All compare in constant time. */
final class Signatures {
    private Signatures() {}

    /** @param shown hexadecimal HMAC-SHA256 of the body, perhaps after {@code sha256=} */
    static boolean hmac(Optional<String> shown, byte[] body, String secret) {
        String hex = shown.map(text -> text.startsWith("sha256=") ? text.substring("sha256=".length()) : text)
                .orElse("");
        return same(hex, HexFormat.of().formatHex(sha256(body, secret)));
    }

    static boolean token(Optional<String> shown, String secret) {
        return same(shown.orElse(""), secret);
    }

    /** HTTP basic authentication with the secret as the password of any user. */
    static boolean basic(Optional<String> authorization, String secret) {
        String pair = authorization
                .filter(text -> text.startsWith("Basic "))
                .map(text -> decoded(text.substring("Basic ".length())))
                .orElse("");
        return same(pair.substring(pair.indexOf(':') + 1), secret) && pair.contains(":");
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64.trim()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static boolean same(String shown, String expected) {
        return MessageDigest.isEqual(shown.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] sha256(byte[] body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has HMAC-SHA256", e);
        }
    }
}
