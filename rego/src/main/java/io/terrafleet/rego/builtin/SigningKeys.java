package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;

/** Reads keys as tokens name them: PEM blocks, and JSON web keys (RFC 7517) alone or in sets. */
final class SigningKeys {
    private static final int MAX_KEYS = 1_000;

    private SigningKeys() {}

    /**
     * A key with what its issuer said about it.
     *
     * @param id empty when it has none
     * @param algorithm empty when it may be used with any
     */
    record Named(Key key, String id, String algorithm) {}

    /** Keys that verify signatures: a certificate, a public key, a JSON web key or a set of them. */
    static List<Named> verifying(String text) {
        List<Pem> blocks = Pem.blocks(text);
        if (blocks.isEmpty()) {
            return webKeys(text);
        }
        Pem block = blocks.getFirst();
        if (blocks.size() > 1) {
            throw BuiltinException.failed("extra data after a PEM certificate block");
        }
        try {
            return switch (block.type()) {
                case "CERTIFICATE" ->
                    List.of(new Named(Certificates.parse(block.content()).getPublicKey(), "", ""));
                case "PUBLIC KEY" -> List.of(new Named(publicKey(block.content()), "", ""));
                default -> throw BuiltinException.failed("failed to extract a Key from the PEM certificate");
            };
        } catch (GeneralSecurityException e) {
            throw BuiltinException.failed("failed to parse a PEM certificate: " + e.getMessage());
        }
    }

    /** An X.509 SubjectPublicKeyInfo of any kind this platform knows. */
    private static Key publicKey(byte[] encoded) throws GeneralSecurityException {
        GeneralSecurityException last = new GeneralSecurityException("unknown public key algorithm");
        for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
            } catch (GeneralSecurityException e) {
                last = e;
            }
        }
        throw last;
    }

    private static List<Named> webKeys(String text) {
        List<Named> keys = new ArrayList<>();
        try {
            Value parsed = Value.fromJson(text);
            List<Value> members = parsed.get(Value.of("keys")) instanceof ArrayValue set ? set.list() : List.of(parsed);
            for (Value member : members.subList(0, Math.min(members.size(), MAX_KEYS))) {
                keys.add(new Named(key(member, false), text(member, "kid"), text(member, "alg")));
            }
        } catch (UncheckedIOException | GeneralSecurityException | IllegalArgumentException e) {
            throw BuiltinException.failed("failed to parse a JWK key (set): " + e.getMessage());
        }
        return keys;
    }

    /** The private or secret half of a JSON web key. */
    static Key signing(String text) {
        try {
            return key(Value.fromJson(text), true);
        } catch (UncheckedIOException | GeneralSecurityException | IllegalArgumentException e) {
            throw BuiltinException.failed("failed to parse JWK: " + e.getMessage());
        }
    }

    private static String text(Value key, String member) {
        return key.get(Value.of(member)) instanceof StringValue s ? s.value() : "";
    }

    private static byte[] bytes(Value key, String member) throws GeneralSecurityException {
        String text = text(key, member);
        if (text.isEmpty()) {
            throw new GeneralSecurityException("required field " + member + " is missing");
        }
        return Base64.getUrlDecoder().decode(text);
    }

    private static BigInteger number(Value key, String member) throws GeneralSecurityException {
        return new BigInteger(1, bytes(key, member));
    }

    private static Key key(Value key, boolean secret) throws GeneralSecurityException {
        if (!(key instanceof ObjectValue)) {
            throw new GeneralSecurityException("not an object");
        }
        return switch (text(key, "kty")) {
            case "oct" -> new SecretKeySpec(bytes(key, "k"), "oct");
            case "RSA" -> rsa(key, secret);
            case "EC" -> ellipticCurve(key, secret);
            case "OKP" -> edwardsCurve(key, secret);
            default -> throw new GeneralSecurityException("unknown key type \"" + text(key, "kty") + "\"");
        };
    }

    private static Key rsa(Value key, boolean secret) throws GeneralSecurityException {
        KeyFactory factory = KeyFactory.getInstance("RSA");
        BigInteger modulus = number(key, "n");
        if (!secret) {
            return factory.generatePublic(new RSAPublicKeySpec(modulus, number(key, "e")));
        }
        BigInteger exponent = number(key, "d");
        return text(key, "p").isEmpty()
                ? factory.generatePrivate(new RSAPrivateKeySpec(modulus, exponent))
                : factory.generatePrivate(new RSAPrivateCrtKeySpec(
                        modulus,
                        number(key, "e"),
                        exponent,
                        number(key, "p"),
                        number(key, "q"),
                        number(key, "dp"),
                        number(key, "dq"),
                        number(key, "qi")));
    }

    private static Key ellipticCurve(Value key, boolean secret) throws GeneralSecurityException {
        String curve =
                switch (text(key, "crv")) {
                    case "P-256" -> "secp256r1";
                    case "P-384" -> "secp384r1";
                    case "P-521" -> "secp521r1";
                    default -> throw new GeneralSecurityException("unknown curve \"" + text(key, "crv") + "\"");
                };
        AlgorithmParameters named = AlgorithmParameters.getInstance("EC");
        named.init(new ECGenParameterSpec(curve));
        ECParameterSpec parameters = named.getParameterSpec(ECParameterSpec.class);
        KeyFactory factory = KeyFactory.getInstance("EC");
        return secret
                ? factory.generatePrivate(new ECPrivateKeySpec(number(key, "d"), parameters))
                : factory.generatePublic(
                        new ECPublicKeySpec(new ECPoint(number(key, "x"), number(key, "y")), parameters));
    }

    private static Key edwardsCurve(Value key, boolean secret) throws GeneralSecurityException {
        if (!text(key, "crv").equals("Ed25519")) {
            throw new GeneralSecurityException("unknown curve \"" + text(key, "crv") + "\"");
        }
        if (secret) {
            EdECPrivateKeySpec spec = new EdECPrivateKeySpec(NamedParameterSpec.ED25519, bytes(key, "d"));
            return KeyFactory.getInstance("Ed25519").generatePrivate(spec);
        }
        // SubjectPublicKeyInfo of RFC 8410: a fixed head before the 32 bytes.
        byte[] head = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};
        byte[] point = bytes(key, "x");
        byte[] encoded = java.util.Arrays.copyOf(head, head.length + point.length);
        System.arraycopy(point, 0, encoded, head.length, point.length);
        return publicKey(encoded);
    }
}
