package io.terrafleet.api.oauth;

import io.terrafleet.contracts.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/**
 * The key of a GitHub App, as GitHub gives it out: RSA in PEM, PKCS #1 ({@code RSA PRIVATE KEY}) or PKCS #8 ({@code PRIVATE KEY}).
 *
 * @param app its number, or its client id
 */
record AppKey(String app, String pem) {
    /** GitHub takes at most ten minutes, and clocks differ. */
    private static final Duration GOOD_FOR = Duration.ofMinutes(9);

    private static final Duration SKEW = Duration.ofMinutes(1);
    /** Version 0 and the identifier of RSA: what PKCS #8 has before a key of PKCS #1. */
    private static final byte[] RSA = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

    /**
     * A JWT (RS256) that says who asks.
     *
     * @throws IllegalArgumentException when the key is none
     */
    String statement(Instant now) {
        String text = encoded(Map.of("alg", "RS256", "typ", "JWT")) + "."
                + encoded(Map.of(
                        "iss",
                        app,
                        "iat",
                        now.minus(SKEW).getEpochSecond(),
                        "exp",
                        now.plus(GOOD_FOR).getEpochSecond()));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key());
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the private key of the App cannot be used", e);
        }
    }

    private static String encoded(Map<String, Object> json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.write(json));
    }

    private PrivateKey key() throws GeneralSecurityException {
        String base64 =
                pem.replaceAll("-----(BEGIN|END) (RSA )?PRIVATE KEY-----", "").replaceAll("\\s", "");
        byte[] der = Base64.getDecoder().decode(base64);
        byte[] pkcs8 = pem.contains("RSA PRIVATE KEY") ? wrapped(der) : der;
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    private static byte[] wrapped(byte[] pkcs1) {
        byte[] octets = tagged((byte) 0x04, pkcs1);
        return tagged(
                (byte) 0x30,
                ByteBuffer.allocate(RSA.length + octets.length)
                        .put(RSA)
                        .put(octets)
                        .array());
    }

    /** DER: a tag, the length in two bytes, and what is so long. */
    private static byte[] tagged(byte tag, byte[] content) {
        return ByteBuffer.allocate(content.length + 4)
                .put(tag)
                .put((byte) 0x82)
                .putShort((short) content.length)
                .put(content)
                .array();
    }

    /** Tells this key from another. */
    String fingerprint() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(pem.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return "AppKey[" + app + "]";
    }
}
