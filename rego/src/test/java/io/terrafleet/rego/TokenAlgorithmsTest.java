package io.terrafleet.rego;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.rego.value.Value;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are signed and verified with keys of every kind, as web keys and as PEM. */
class TokenAlgorithmsTest {
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
    private static final Map<String, KeyPair> PAIRS = new ConcurrentHashMap<>();

    /** One for each kind of key; RSA keys take their time. */
    private static KeyPair pair(String kind) {
        return PAIRS.computeIfAbsent(kind, missing -> {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.startsWith("secp") ? "EC" : kind);
                if (kind.startsWith("secp")) {
                    generator.initialize(new ECGenParameterSpec(kind));
                } else if (kind.equals("RSA")) {
                    generator.initialize(2048);
                }
                return generator.generateKeyPair();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static KeyPair pairFor(String algorithm) {
        return pair(
                switch (algorithm) {
                    case "ES256" -> "secp256r1";
                    case "ES384" -> "secp384r1";
                    case "ES512" -> "secp521r1";
                    case "EdDSA" -> "Ed25519";
                    default -> "RSA";
                });
    }

    private static String number(BigInteger value, int length) {
        byte[] bytes = value.toByteArray();
        byte[] whole = new byte[Math.max(length, bytes.length)];
        System.arraycopy(bytes, 0, whole, whole.length - bytes.length, bytes.length);
        return URL.encodeToString(length == 0 ? bytes : Arrays.copyOfRange(whole, whole.length - length, whole.length));
    }

    private static Map<String, String> publicPart(PublicKey key) {
        Map<String, String> members = new LinkedHashMap<>();
        if (key instanceof ECPublicKey curve) {
            int length = (curve.getParams().getCurve().getField().getFieldSize() + 7) / 8;
            members.put("kty", "EC");
            members.put("crv", "P-" + curve.getParams().getCurve().getField().getFieldSize());
            members.put("x", number(curve.getW().getAffineX(), length));
            members.put("y", number(curve.getW().getAffineY(), length));
        } else if (key instanceof java.security.interfaces.RSAPublicKey rsa) {
            members.put("kty", "RSA");
            members.put("n", number(rsa.getModulus(), 0));
            members.put("e", number(rsa.getPublicExponent(), 0));
        } else {
            byte[] encoded = key.getEncoded();
            members.put("kty", "OKP");
            members.put("crv", "Ed25519");
            members.put("x", URL.encodeToString(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
        }
        return members;
    }

    private static Map<String, String> wholeKey(KeyPair pair) {
        Map<String, String> members = publicPart(pair.getPublic());
        switch (pair.getPrivate()) {
            case ECPrivateKey curve -> members.put("d", number(curve.getS(), 66));
            case RSAPrivateCrtKey rsa -> {
                members.put("d", number(rsa.getPrivateExponent(), 0));
                members.put("p", number(rsa.getPrimeP(), 0));
                members.put("q", number(rsa.getPrimeQ(), 0));
                members.put("dp", number(rsa.getPrimeExponentP(), 0));
                members.put("dq", number(rsa.getPrimeExponentQ(), 0));
                members.put("qi", number(rsa.getCrtCoefficient(), 0));
            }
            case EdECPrivateKey edwards ->
                members.put("d", URL.encodeToString(edwards.getBytes().orElseThrow()));
            default -> throw new IllegalStateException();
        }
        return members;
    }

    private static String json(Map<String, String> members) {
        StringBuilder json = new StringBuilder("{");
        members.forEach((name, value) -> json.append(json.length() > 1 ? ", " : "")
                .append(Value.of(name).toJson())
                .append(": ")
                .append(Value.of(value).toJson()));
        return json.append('}').toString();
    }

    private static String pem(PublicKey key) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    private static String ask(String algorithm, KeyPair signing, PublicKey verifying, String rule) {
        String input = "{\"key\": " + json(wholeKey(signing)) + ", \"web\": "
                + Value.of(json(publicPart(verifying))).toJson() + ", \"pem\": "
                + Value.of(pem(verifying)).toJson() + "}";
        return Policy.of("token := io.jwt.encode_sign({\"alg\": \"" + algorithm
                        + "\", \"typ\": \"JWT\"}, {\"iss\": \"me\", \"aud\": [\"a\", \"b\"]}, input.key)\n"
                        + "parts := split(token, \".\")\n"
                        + "forged := concat(\".\", [parts[0], base64url.encode_no_pad(`{\"iss\":\"you\"}`), parts[2]])\n"
                        + "x := " + rule.replace("verify_x", "verify_" + algorithm.toLowerCase(Locale.ROOT)))
                .value("x", input);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
    void signsAndVerifies(String algorithm) {
        KeyPair pair = pairFor(algorithm);
        String rule = "[io.jwt.verify_x(token, input.web), io.jwt.verify_x(token, input.pem),"
                + " io.jwt.verify_x(forged, input.pem),"
                + " io.jwt.decode_verify(token, {\"cert\": input.web, \"alg\": \"" + algorithm
                + "\", \"iss\": \"me\", \"aud\": \"b\"})[0],"
                + " io.jwt.decode_verify(token, {\"cert\": input.web, \"alg\": \"HS256\", \"aud\": \"b\"})[0],"
                + " io.jwt.decode_verify(token, {\"cert\": input.pem, \"aud\": \"c\"})[0],"
                + " io.jwt.decode_verify(token, {\"cert\": input.pem})[0]]";
        assertThat(ask(algorithm, pair, pair.getPublic(), rule))
                .isEqualTo("[true, true, false, true, false, false, false]");
    }

    @Test
    void aKeyOfAnotherKindVerifiesNothing() {
        assertThat(ask("ES256", pair("secp256r1"), pair("RSA").getPublic(), "io.jwt.verify_x(token, input.pem)"))
                .isEqualTo("false");
        assertThat(ask("PS256", pair("RSA"), pair("Ed25519").getPublic(), "io.jwt.verify_x(token, input.web)"))
                .isEqualTo("false");
        assertThat(ask("EdDSA", pair("Ed25519"), pair("secp384r1").getPublic(), "io.jwt.verify_x(token, input.pem)"))
                .isEqualTo("false");
    }

    /** The example of RFC 8037, appendix A.4, which is signed without chance. */
    @Test
    void signsAsTheStandardSays() {
        String key = "{\"kty\": \"OKP\", \"crv\": \"Ed25519\", \"d\": \"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\","
                + " \"x\": \"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}";
        String rules =
                """
                x := io.jwt.encode_sign_raw(`{"alg":"EdDSA","typ":"text"}`, `Example of Ed25519 signing`, json.marshal(input))
                y := io.jwt.verify_eddsa(concat(".", [
                    "eyJhbGciOiJFZERTQSJ9",
                    "RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc",
                    "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg",
                ]), json.marshal(input))
                z := [y, io.jwt.verify_eddsa(x, json.marshal(input))]
                """;
        assertThat(Policy.of(rules).value("z", key)).isEqualTo("[true, true]");
    }
}
