package io.terrafleet.rego;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.rego.evaluation.Settings;
import io.terrafleet.rego.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Tokens, certificates and signed requests. */
class CryptographyTest {
    private static final Settings NOW = Settings.DEFAULT.withNow(Instant.parse("2030-01-01T00:00:00Z"));

    private static String file(String name) {
        try (InputStream in =
                Objects.requireNonNull(CryptographyTest.class.getResourceAsStream("/certificates/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String value(String rules) {
        String input = "{\"root\": " + Value.of(file("root.pem")).toJson() + ", \"leaf\": "
                + Value.of(file("leaf.pem")).toJson() + ", \"request\": "
                + Value.of(file("leaf.csr")).toJson() + ", \"key\": "
                + Value.of(file("leaf.key")).toJson() + "}";
        return Policy.of(rules).value("x", input, NOW);
    }

    @Test
    void signsAndVerifiesTokens() {
        String secret = "{\"kty\": \"oct\", \"k\": \"c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldA\"}";
        String sign = "t := io.jwt.encode_sign({\"alg\": \"HS256\", \"typ\": \"JWT\"}, {\"iss\": \"me\", \"exp\": %s}, "
                + secret
                + ")\nx := io.jwt.decode_verify(t, {\"secret\": \"secret-secret-secret-secret-secret\", \"iss\": \"%s\"})";

        assertThat(value(sign.formatted("2000000000", "me")))
                .isEqualTo("[true, {\"alg\": \"HS256\", \"typ\": \"JWT\"}, {\"exp\": 2000000000, \"iss\": \"me\"}]");
        assertThat(value(sign.formatted("2000000000", "you"))).isEqualTo("[false, {}, {}]");
        assertThat(value(sign.formatted("1000000000", "me"))).isEqualTo("[false, {}, {}]");
    }

    @Test
    void demandsOneKeyAndKnownConstraints() {
        String token = "io.jwt.encode_sign({\"alg\": \"HS256\"}, {}, {\"kty\": \"oct\", \"k\": \"c2VjcmV0\"})";
        assertThat(value("x := io.jwt.decode_verify(" + token + ", {})")).isEqualTo("undefined");
        assertThat(value("x := io.jwt.decode_verify(" + token + ", {\"secret\": \"secret\", \"color\": 1})"))
                .isEqualTo("undefined");
        assertThat(value("x := io.jwt.decode_verify(" + token + ", {\"secret\": \"secret\"})[0]"))
                .isEqualTo("true");
        assertThat(value("x := io.jwt.verify_hs256(" + token + ", \"other\")")).isEqualTo("false");
    }

    @Test
    void readsCertificates() {
        assertThat(
                        value(
                                "c := crypto.x509.parse_certificates(input.leaf)[0]\n"
                                        + "x := [c.Subject.CommonName, c.Issuer.Country, c.DNSNames, c.URIStrings, c.IsCA, c.ExtKeyUsage]"))
                .isEqualTo(
                        "[\"shop.example.com\", [\"DE\"], [\"shop.example.com\"], [\"spiffe://example.com/shop\"], false, [1]]");
        assertThat(value("x := crypto.x509.parse_certificates(base64.encode(input.root))[0].IsCA"))
                .isEqualTo("true");
        assertThat(value("x := crypto.x509.parse_certificate_request(input.request).Subject.OrganizationalUnit"))
                .isEqualTo("[\"Shop\"]");
        assertThat(value("x := count(crypto.x509.parse_keypair(input.leaf, input.key).Certificate)"))
                .isEqualTo("1");
    }

    @Test
    void verifiesChainsRootFirst() {
        String both = "crypto.x509.parse_and_verify_certificates(concat(\"\\n\", [%s]))[0]";
        assertThat(value("x := " + both.formatted("input.root, input.leaf"))).isEqualTo("true");
        assertThat(value("x := " + both.formatted("input.leaf, input.root"))).isEqualTo("false");
        String options =
                "crypto.x509.parse_and_verify_certificates_with_options(concat(\"\\n\", [input.root, input.leaf]), {\"DNSName\": \"%s\"})[0]";
        assertThat(value("x := " + options.formatted("shop.example.com"))).isEqualTo("true");
        assertThat(value("x := " + options.formatted("other.example.com"))).isEqualTo("false");
    }

    @Test
    void signsRequestsForAws() {
        assertThat(
                        value(
                                """
                                x := regex.match(`^AWS4-HMAC-SHA256 Credential=key/20151228/us-east-1/s3/aws4_request,SignedHeaders=host;x-amz-content-sha256;x-amz-date,Signature=[0-9a-f]{64}$`, r.headers.Authorization)
                                r := providers.aws.sign_req(
                                	{"method": "get", "url": "http://example.com"},
                                	{"aws_access_key": "key", "aws_secret_access_key": "secret", "aws_service": "s3", "aws_region": "us-east-1"},
                                	1451311705000000000,
                                )
                                """))
                .isEqualTo("true");
    }
}
