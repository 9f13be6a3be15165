package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.Value;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Digests and what is derived from them. */
final class Digests {
    private Digests() {}

    static void register(Builtins.Registry registry) {
        registry.add("crypto.md5", 1, o -> Value.of(digest("MD5", o.string(0))));
        registry.add("crypto.sha1", 1, o -> Value.of(digest("SHA-1", o.string(0))));
        registry.add("crypto.sha256", 1, o -> Value.of(digest("SHA-256", o.string(0))));
        registry.add("crypto.hmac.md5", 2, o -> Value.of(mac("HmacMD5", o.string(0), o.string(1))));
        registry.add("crypto.hmac.sha1", 2, o -> Value.of(mac("HmacSHA1", o.string(0), o.string(1))));
        registry.add("crypto.hmac.sha256", 2, o -> Value.of(mac("HmacSHA256", o.string(0), o.string(1))));
        registry.add("crypto.hmac.sha512", 2, o -> Value.of(mac("HmacSHA512", o.string(0), o.string(1))));
        registry.add("crypto.hmac.equal", 2, o -> {
            byte[] left = Encodings.utf8(o.string(0));
            return Value.of(MessageDigest.isEqual(left, Encodings.utf8(o.string(1))));
        });
        registry.add("uuid.rfc4122", 1, o -> Value.of(uuid(o.string(0)).toString()));
    }

    private static String digest(String algorithm, String text) {
        return Encodings.hex(bytes(algorithm, text));
    }

    private static byte[] bytes(String algorithm, String text) {
        try {
            return MessageDigest.getInstance(algorithm).digest(Encodings.utf8(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String mac(String algorithm, String text, String key) {
        if (key.isEmpty()) {
            throw BuiltinException.failed("empty key");
        }
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(Encodings.utf8(key), algorithm));
            return Encodings.hex(mac.doFinal(Encodings.utf8(text)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A number that follows from a text and looks random. */
    static long seed(String text) {
        return ByteBuffer.wrap(bytes("SHA-256", text)).getLong();
    }

    private static UUID uuid(String key) {
        ByteBuffer random = ByteBuffer.wrap(bytes("SHA-256", key));
        long high = (random.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L;
        long low = (random.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
