package io.terrafleet.rego.builtin;

import static io.terrafleet.rego.builtin.CertificateValues.object;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.NullValue;
import io.terrafleet.rego.value.NumberValue;
import io.terrafleet.rego.value.Value;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Functions that read private keys: RSA and EC, in their own format or in PKCS #8. */
final class PrivateKeys {
    private static final List<Integer> RSA = List.of(1, 2, 840, 113549, 1, 1, 1);
    private static final List<Integer> EC = List.of(1, 2, 840, 10045, 2, 1);

    private PrivateKeys() {}

    static void register(Builtins.Registry registry) {
        registry.add("crypto.parse_private_keys", 1, o -> {
            List<Value> keys = of(o, o.string(0));
            return o.string(0).isEmpty() ? NullValue.NULL : ArrayValue.of(keys);
        });
        registry.add("crypto.x509.parse_rsa_private_key", 1, PrivateKeys::webKey);
    }

    /** PEM, or base64 of it. */
    private static String pem(String text) {
        if (Pem.isIn(text)) {
            return text;
        }
        try {
            return Encodings.text(Base64.getMimeDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    static List<Value> of(Operands o, String text) {
        List<Value> keys = new ArrayList<>();
        try {
            for (Pem block : Pem.blocks(pem(text))) {
                switch (block.type()) {
                    case "RSA PRIVATE KEY" -> keys.add(rsa(Der.of(block.content())));
                    case "EC PRIVATE KEY" -> keys.add(ellipticCurve(Der.of(block.content())));
                    case "PRIVATE KEY" -> keys.add(pkcs8(Der.of(block.content())));
                    default -> {}
                }
            }
        } catch (GeneralSecurityException e) {
            throw o.failed("failed to parse a private key: " + e.getMessage());
        }
        return keys;
    }

    private static Value pkcs8(Der key) throws GeneralSecurityException {
        List<Integer> algorithm = key.child(1).child(0).identifier();
        byte[] inner = key.child(2).content();
        if (algorithm.equals(RSA)) {
            return rsa(Der.of(inner));
        }
        return algorithm.equals(EC)
                ? ellipticCurve(Der.of(inner))
                : CertificateValues.base64(Der.of(inner).content());
    }

    private static Value rsa(Der key) throws GeneralSecurityException {
        return object(Map.of(
                "N", number(key, 1),
                "E", number(key, 2),
                "D", number(key, 3),
                "Primes", ArrayValue.of(List.of(number(key, 4), number(key, 5))),
                "Precomputed",
                        object(Map.of(
                                "Dp", number(key, 6),
                                "Dq", number(key, 7),
                                "Qinv", number(key, 8),
                                "CRTValues", ArrayValue.EMPTY))));
    }

    private static Value number(Der key, int index) throws GeneralSecurityException {
        return NumberValue.of(key.child(index).integer());
    }

    private static Value ellipticCurve(Der key) throws GeneralSecurityException {
        return object(
                Map.of("D", NumberValue.of(new BigInteger(1, key.child(1).content())), "Curve", object(Map.of())));
    }

    /** The key as a JSON web key. */
    private static Value webKey(Operands o) {
        List<Pem> blocks = Pem.blocks(pem(o.string(0)));
        try {
            if (!blocks.isEmpty() && blocks.getFirst().type().equals("RSA PRIVATE KEY")) {
                return webKey(Der.of(blocks.getFirst().content()));
            }
            if (!blocks.isEmpty() && blocks.getFirst().type().equals("PRIVATE KEY")) {
                return webKey(
                        Der.of(Der.of(blocks.getFirst().content()).child(2).content()));
            }
        } catch (GeneralSecurityException e) {
            throw o.failed("failed to parse a private key: " + e.getMessage());
        }
        throw o.failed("input is no RSA private key in PEM");
    }

    private static Value webKey(Der key) throws GeneralSecurityException {
        String[] names = {"", "n", "e", "d", "p", "q", "dp", "dq", "qi"};
        Map<String, Value> members = new HashMap<>();
        members.put("kty", Value.of("RSA"));
        for (int i = 1; i < names.length; i++) {
            byte[] bytes = key.child(i).integer().toByteArray();
            byte[] unsigned = bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(unsigned);
            members.put(names[i], Value.of(text));
        }
        return object(members);
    }
}
