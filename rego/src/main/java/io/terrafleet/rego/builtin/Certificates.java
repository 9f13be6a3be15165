package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.NullValue;
import io.terrafleet.rego.value.NumberValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Functions on X.509 certificates, given as PEM, as base64 of PEM, or as base64 of DER. */
final class Certificates {
    private static final int MAX_CERTIFICATES = 1_000;
    private static final Value NOT_VALID = ArrayValue.of(List.of(Value.of(false), ArrayValue.EMPTY));

    private Certificates() {}

    static void register(Builtins.Registry registry) {
        registry.add("crypto.x509.parse_certificates", 1, o -> values(o, read(o, o.string(0))));
        registry.add("crypto.x509.parse_certificate_request", 1, Certificates::request);
        registry.add("crypto.x509.parse_keypair", 2, Certificates::pair);
        registry.add(
                "crypto.x509.parse_and_verify_certificates",
                1,
                o -> verify(o, o.environment().now(), ""));
        registry.add("crypto.x509.parse_and_verify_certificates_with_options", 2, Certificates::verifyWithOptions);
    }

    static X509Certificate parse(byte[] encoded) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
    }

    private static byte[] decoded(Operands o, String text) {
        return Encodings.decoded(o, text.strip(), Base64.getDecoder());
    }

    private static List<X509Certificate> read(Operands o, String text) {
        String pem = text;
        byte[] der = {};
        if (!Pem.isIn(text)) {
            der = decoded(o, text);
            pem = Encodings.text(der);
        }
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            if (!Pem.isIn(pem)) {
                for (Der one : Der.sequence(der)) {
                    certificates.add(parse(one.encoded()));
                }
            } else {
                for (Pem block : Pem.blocks(pem)) {
                    if (!block.type().equals("CERTIFICATE")) {
                        throw o.failed("PEM block is of type " + block.type() + ", not CERTIFICATE");
                    }
                    certificates.add(parse(block.content()));
                }
            }
        } catch (GeneralSecurityException e) {
            throw o.failed("x509: malformed certificate: " + e.getMessage());
        }
        if (certificates.isEmpty() || certificates.size() > MAX_CERTIFICATES) {
            throw o.failed("x509: found " + certificates.size() + " certificates");
        }
        return certificates;
    }

    private static Value values(Operands o, List<X509Certificate> certificates) {
        List<Value> values = new ArrayList<>();
        try {
            for (X509Certificate certificate : certificates) {
                values.add(CertificateReader.certificate(certificate));
            }
        } catch (GeneralSecurityException e) {
            throw o.failed("x509: malformed certificate: " + e.getMessage());
        }
        return ArrayValue.of(values);
    }

    private static Value request(Operands o) {
        String text = o.string(0);
        byte[] der = Pem.isIn(text) ? Encodings.utf8(text) : decoded(o, text);
        List<Pem> blocks = Pem.blocks(Encodings.text(der));
        if (!blocks.isEmpty()) {
            if (!blocks.getFirst().type().endsWith("CERTIFICATE REQUEST")) {
                throw o.failed("invalid PEM-encoded certificate signing request");
            }
            der = blocks.getFirst().content();
        }
        try {
            return CertificateReader.request(der);
        } catch (GeneralSecurityException e) {
            throw o.failed("x509: malformed certificate request: " + e.getMessage());
        }
    }

    private static Value pair(Operands o) {
        List<X509Certificate> certificates = read(o, o.string(0));
        Value key = PrivateKeys.of(o, o.string(1)).stream()
                .findFirst()
                .orElseThrow(() -> o.failed("failed to find any PEM data in key input"));
        List<Value> encoded = new ArrayList<>();
        try {
            for (X509Certificate certificate : certificates) {
                encoded.add(CertificateValues.base64(certificate.getEncoded()));
            }
        } catch (CertificateException e) {
            throw o.failed("x509: malformed certificate: " + e.getMessage());
        }
        return CertificateValues.object(Map.of(
                "Certificate", ArrayValue.of(encoded),
                "PrivateKey", key,
                "Leaf", NullValue.NULL,
                "OCSPStaple", NullValue.NULL,
                "SignedCertificateTimestamps", NullValue.NULL,
                "SupportedSignatureAlgorithms", NullValue.NULL));
    }

    private static Value verifyWithOptions(Operands o) {
        ObjectValue options = o.object(1);
        Instant at = o.environment().now();
        String host = "";
        for (Value key : options.keys()) {
            Value option = options.get(key);
            switch (key instanceof StringValue name ? name.value() : "") {
                case "CurrentTime" -> {
                    if (!(option instanceof NumberValue nanos) || !nanos.isLong()) {
                        throw o.type(1, "invalid value for option CurrentTime");
                    }
                    at = Instant.EPOCH.plusNanos(nanos.longValue());
                }
                case "DNSName" -> host = option instanceof StringValue s ? s.value() : "";
                case "KeyUsages", "MaxConstraintComparisons" -> {}
                default -> throw o.type(1, "invalid key option " + key);
            }
        }
        return verify(o, at, host);
    }

    /** Root first, leaf last, as given; the answer's chain starts with the leaf. */
    private static Value verify(Operands o, Instant at, String host) {
        List<X509Certificate> certificates;
        try {
            certificates = read(o, o.string(0));
        } catch (BuiltinException e) {
            return NOT_VALID;
        }
        List<X509Certificate> path =
                certificates.subList(1, certificates.size()).reversed();
        if (path.isEmpty() || (!host.isEmpty() && !isFor(path.getFirst(), host))) {
            return NOT_VALID;
        }
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(certificates.getFirst(), null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(at));
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            CertPathValidator.getInstance("PKIX").validate(factory.generateCertPath(path), parameters);
        } catch (GeneralSecurityException e) {
            return NOT_VALID;
        }
        return ArrayValue.of(List.of(Value.of(true), values(o, certificates.reversed())));
    }

    private static boolean isFor(X509Certificate certificate, String host) {
        try {
            Value names = CertificateReader.certificate(certificate).get(Value.of("DNSNames"));
            return names instanceof ArrayValue list
                    && list.list().stream().anyMatch(name -> name instanceof StringValue s && matches(s.value(), host));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean matches(String pattern, String host) {
        int dot = host.indexOf('.');
        return pattern.equalsIgnoreCase(host)
                || (pattern.startsWith("*.") && dot > 0 && pattern.substring(1).equalsIgnoreCase(host.substring(dot)));
    }
}
