package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.Value;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Digests and what is derived from them. */
final class Digests {
    /** Hundreds of nanoseconds from the Gregorian calendar to 1970. */
    private static final long GREGORIAN_TICKS = 0x01B2_1DD2_1381_4000L;

    private static final Pattern UUID_TEXT =
            Pattern.compile("(?i)(?:urn:uuid:|\\{)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})}?");

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
        registry.add("uuid.parse", 1, Digests::parseUuid);
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

    /** The parts that RFC 4122 gives meaning; undefined when the text is no UUID. */
    private static @Nullable Value parseUuid(Operands o) {
        Matcher matcher = UUID_TEXT.matcher(o.string(0));
        if (!matcher.matches()) {
            return null;
        }
        UUID parsed = UUID.fromString(matcher.group(1));
        Map<String, Value> parts = new HashMap<>();
        parts.put("version", Value.of(parsed.version()));
        parts.put(
                "variant",
                Value.of(
                        switch (parsed.variant()) {
                            case 0 -> "NCS";
                            case 2 -> "RFC4122";
                            case 6 -> "Microsoft";
                            default -> "Future";
                        }));
        if (parsed.version() == 1 || parsed.version() == 2) {
            long bits = parsed.getMostSignificantBits();
            long time = ((bits & 0xFFFL) << 48) | ((bits >>> 16 & 0xFFFFL) << 32) | (bits >>> 32);
            long node = parsed.getLeastSignificantBits() & 0xFFFF_FFFF_FFFFL;
            parts.put("time", Value.of((time - GREGORIAN_TICKS) * 100));
            parts.put("clocksequence", Value.of(parsed.getLeastSignificantBits() >>> 48 & 0x3FFF));
            parts.put(
                    "nodeid",
                    Value.of(String.join("-", String.format("%012x", node).split("(?<=\\G..)"))));
            parts.put("macvariables", Value.of(macVariables(node)));
        }
        return CertificateValues.object(parts);
    }

    private static String macVariables(long node) {
        boolean local = (node >>> 41 & 1) == 1;
        boolean multicast = (node >>> 40 & 1) == 1;
        return (local ? "local" : "global") + ":" + (multicast ? "multicast" : "unicast");
    }

    private static UUID uuid(String key) {
        ByteBuffer random = ByteBuffer.wrap(bytes("SHA-256", key));
        long high = (random.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L;
        long low = (random.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
