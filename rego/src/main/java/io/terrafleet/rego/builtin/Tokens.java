package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.NumberValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** JSON web tokens (RFC 7519) with signatures (RFC 7515); encrypted ones are not read. */
final class Tokens {
    private static final int MAX_NESTING = 10;
    private static final Set<String> CONSTRAINTS = Set.of("cert", "secret", "alg", "iss", "aud", "time");
    private static final Value UNVERIFIED =
            ArrayValue.of(List.of(Value.of(false), ObjectValue.EMPTY, ObjectValue.EMPTY));

    private Tokens() {}

    static void register(Builtins.Registry registry) {
        registry.add("io.jwt.decode", 1, Tokens::decode);
        registry.add("io.jwt.decode_verify", 2, Tokens::decodeVerify);
        registry.add("io.jwt.encode_sign", 3, o -> {
            ObjectValue key = o.object(2);
            return sign(o, o.object(0).toJson(), o.object(1).toJson(), key.toJson());
        });
        registry.add("io.jwt.encode_sign_raw", 3, o -> sign(o, o.string(0), o.string(1), o.string(2)));
        for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
            String name = "io.jwt.verify_" + algorithm.name().toLowerCase(Locale.ROOT);
            registry.add(name, 2, o -> Value.of(verify(o, algorithm)));
        }
    }

    /** The three parts of a token; the first two as written. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Parts(String header, String payload, byte[] signature) {
        static Parts of(Operands o, String token) {
            String[] sections = token.split("\\.", -1);
            if (sections.length != 3) {
                throw o.failed("encoded JWT must have 3 sections, found " + sections.length);
            }
            return new Parts(sections[0], sections[1], bytes(o, sections[2], "signature"));
        }

        byte[] signed() {
            return Encodings.utf8(header + "." + payload);
        }
    }

    private static byte[] bytes(Operands o, String section, String what) {
        try {
            return Base64.getUrlDecoder().decode(section);
        } catch (IllegalArgumentException e) {
            throw o.failed("JWT " + what + " had invalid encoding: illegal base64 data: " + e.getMessage());
        }
    }

    private static Value json(Operands o, String section, String what) {
        try {
            return Value.fromJson(Encodings.text(bytes(o, section, what)));
        } catch (UncheckedIOException e) {
            throw o.failed("JWT " + what + " is not JSON: " + e.getMessage());
        }
    }

    private static ObjectValue header(Operands o, Parts parts) {
        if (!(json(o, parts.header, "header") instanceof ObjectValue header)) {
            throw o.failed("JWT header must be an object");
        }
        if (header.get("enc") != null) {
            throw o.failed("JWT is a JWE object, which is not supported");
        }
        return header;
    }

    /** The token inside, when the header says that the payload is one. */
    private static @Nullable String nested(Operands o, ObjectValue header, Parts parts) {
        boolean isToken = header.get("cty") instanceof StringValue type
                && type.value().toUpperCase(Locale.ROOT).equals("JWT");
        if (!isToken) {
            return null;
        }
        String payload = Encodings.text(bytes(o, parts.payload, "payload"));
        boolean quoted = payload.length() > 1 && payload.startsWith("\"") && payload.endsWith("\"");
        return quoted ? payload.substring(1, payload.length() - 1) : payload;
    }

    private static Value decode(Operands o) {
        String token = o.string(0);
        for (int depth = 0; depth < MAX_NESTING; depth++) {
            Parts parts = Parts.of(o, token);
            ObjectValue header = header(o, parts);
            String inner = nested(o, header, parts);
            if (inner == null) {
                Value payload = json(o, parts.payload, "payload");
                if (!(payload instanceof ObjectValue)) {
                    throw o.failed("JWT payload must be an object");
                }
                return ArrayValue.of(List.of(header, payload, Value.of(Encodings.hex(parts.signature))));
            }
            token = inner;
        }
        throw o.failed("JWT nested deeper than " + MAX_NESTING);
    }

    private static boolean verify(Operands o, SignatureAlgorithm algorithm) {
        Parts parts = Parts.of(o, o.string(0));
        if (algorithm.isSymmetric()) {
            return algorithm.verifies(secret(o, o.string(1)), parts.signed(), parts.signature);
        }
        List<SigningKeys.Named> keys = SigningKeys.verifying(o.string(1));
        return verifies(header(o, parts), parts, algorithm, keys);
    }

    private static SecretKeySpec secret(Operands o, String text) {
        if (text.isEmpty()) {
            throw o.failed("the secret must not be empty");
        }
        return new SecretKeySpec(Encodings.utf8(text), "oct");
    }

    /** By the key that the header names, when there is one of that name, otherwise by any that is made for the algorithm. */
    private static boolean verifies(
            ObjectValue header, Parts parts, SignatureAlgorithm algorithm, List<SigningKeys.Named> keys) {
        String id = header.get("kid") instanceof StringValue s ? s.value() : "";
        String declared = header.get("alg") instanceof StringValue s ? s.value() : "";
        List<SigningKeys.Named> meant = id.isEmpty()
                ? List.of()
                : keys.stream().filter(key -> key.id().equals(id)).limit(1).toList();
        if (meant.isEmpty()) {
            meant = keys.stream()
                    .filter(key -> key.algorithm().isEmpty() || key.algorithm().equals(declared))
                    .toList();
        }
        return meant.stream().anyMatch(key -> algorithm.verifies(key.key(), parts.signed(), parts.signature));
    }

    private static Value decodeVerify(Operands o) {
        ObjectValue constraints = constraints(o);
        List<SigningKeys.Named> keys = constraints.get("cert") == null
                ? List.of(new SigningKeys.Named(secret(o, text(o, constraints, "secret")), "", ""))
                : SigningKeys.verifying(text(o, constraints, "cert"));
        String token = o.string(0);
        for (int depth = 0; depth < MAX_NESTING; depth++) {
            Parts parts = Parts.of(o, token);
            ObjectValue header = header(o, parts);
            if (!isSignedAsDemanded(header, parts, constraints, keys)) {
                return UNVERIFIED;
            }
            String inner = nested(o, header, parts);
            if (inner == null) {
                Value payload = json(o, parts.payload, "payload");
                return claimsHold(o, payload, constraints)
                        ? ArrayValue.of(List.of(Value.of(true), header, payload))
                        : UNVERIFIED;
            }
            token = inner;
        }
        throw o.failed("JWT nested deeper than " + MAX_NESTING);
    }

    private static ObjectValue constraints(Operands o) {
        ObjectValue constraints = o.object(1);
        for (Value key : constraints.keys()) {
            if (!(key instanceof StringValue name) || !CONSTRAINTS.contains(name.value())) {
                throw o.failed("unknown token validation constraint: " + key);
            }
        }
        boolean certificate = constraints.get("cert") != null;
        if (certificate == (constraints.get("secret") != null)) {
            throw o.failed(certificate ? "duplicate key: cert and secret" : "no verification key: cert or secret");
        }
        return constraints;
    }

    private static String text(Operands o, ObjectValue constraints, String name) {
        if (constraints.get(name) instanceof StringValue s) {
            return s.value();
        }
        throw o.failed("token validation constraint \"" + name + "\" must be a string");
    }

    private static boolean isSignedAsDemanded(
            ObjectValue header, Parts parts, ObjectValue constraints, List<SigningKeys.Named> keys) {
        String name = header.get("alg") instanceof StringValue s ? s.value() : "";
        Value demanded = constraints.get("alg");
        SignatureAlgorithm algorithm = SignatureAlgorithm.find(name);
        boolean allowed = demanded == null || demanded.equals(Value.of(name));
        return allowed
                && algorithm != null
                && header.get("crit") == null
                && algorithm.isSymmetric() == (constraints.get("secret") != null)
                && verifies(header, parts, algorithm, keys);
    }

    private static boolean claimsHold(Operands o, Value payload, ObjectValue constraints) {
        Value issuer = constraints.get("iss");
        if (issuer != null && !issuer.equals(payload.get(Value.of("iss")))) {
            return false;
        }
        Value audience = constraints.get("aud");
        boolean addressed =
                switch (payload.get(Value.of("aud"))) {
                    case null -> audience == null;
                    case ArrayValue several ->
                        audience != null && several.list().contains(audience);
                    case Value one -> one.equals(audience);
                };
        BigDecimal now = now(o, constraints);
        BigDecimal expires = moment(o, payload, "exp");
        BigDecimal begins = moment(o, payload, "nbf");
        return addressed
                && (expires == null || now.compareTo(expires) < 0)
                && (begins == null || now.compareTo(begins) >= 0);
    }

    /** Nanoseconds. */
    private static BigDecimal now(Operands o, ObjectValue constraints) {
        return switch (constraints.get("time")) {
            case null -> nanoseconds(o.environment().now());
            case NumberValue given -> given.decimal();
            default -> throw o.failed("token validation constraint \"time\" must be a number");
        };
    }

    private static BigDecimal nanoseconds(Instant instant) {
        return BigDecimal.valueOf(instant.getEpochSecond())
                .add(BigDecimal.valueOf(instant.getNano(), 9))
                .movePointRight(9);
    }

    /** A claim in seconds, as nanoseconds. */
    private static @Nullable BigDecimal moment(Operands o, Value payload, String claim) {
        return switch (payload.get(Value.of(claim))) {
            case null -> null;
            case NumberValue seconds -> seconds.decimal().movePointRight(9);
            default -> throw o.failed(claim + " value must be a number");
        };
    }

    private static Value sign(Operands o, String header, String payload, String key) {
        Value head = parsed(header);
        String name = head != null && head.get(Value.of("alg")) instanceof StringValue s ? s.value() : "";
        if (name.isEmpty()) {
            throw o.failed("missing or invalid 'alg' header");
        }
        SignatureAlgorithm algorithm = SignatureAlgorithm.find(name);
        if (algorithm == null) {
            throw o.failed("unknown JWS algorithm: " + name);
        }
        Value type = Objects.requireNonNull(head).get(Value.of("typ"));
        if ((type == null || type.equals(Value.of("JWT"))) && parsed(payload) == null) {
            throw o.failed("type is JWT but payload is not JSON");
        }
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String message =
                base64.encodeToString(Encodings.utf8(header)) + "." + base64.encodeToString(Encodings.utf8(payload));
        try {
            byte[] signature = algorithm.sign(SigningKeys.signing(key), Encodings.utf8(message));
            return Value.of(message + "." + base64.encodeToString(signature));
        } catch (GeneralSecurityException e) {
            throw o.failed("cannot sign: " + e.getMessage());
        }
    }

    private static @Nullable Value parsed(String json) {
        try {
            return Value.fromJson(json);
        } catch (UncheckedIOException e) {
            return null;
        }
    }
}
