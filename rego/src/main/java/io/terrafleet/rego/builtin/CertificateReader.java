package io.terrafleet.rego.builtin;

import static io.terrafleet.rego.builtin.CertificateValues.base64;
import static io.terrafleet.rego.builtin.CertificateValues.numbers;
import static io.terrafleet.rego.builtin.CertificateValues.object;

import io.terrafleet.rego.builtin.CertificateValues.AlternativeNames;
import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.NullValue;
import io.terrafleet.rego.value.NumberValue;
import io.terrafleet.rego.value.Value;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns certificates (RFC 5280) and certificate requests (RFC 2986) into values. */
final class CertificateReader {
    private static final List<Integer> EXTENSION_REQUEST = List.of(1, 2, 840, 113549, 1, 9, 14);
    private static final List<Integer> ALTERNATIVE_NAMES = List.of(2, 5, 29, 17);

    /** In the order of the numbers they have in Go; 0 is any usage. */
    private static final List<String> USAGES = List.of(
            "2.5.29.37.0",
            "1.3.6.1.5.5.7.3.1",
            "1.3.6.1.5.5.7.3.2",
            "1.3.6.1.5.5.7.3.3",
            "1.3.6.1.5.5.7.3.4",
            "1.3.6.1.5.5.7.3.5",
            "1.3.6.1.5.5.7.3.6",
            "1.3.6.1.5.5.7.3.7",
            "1.3.6.1.5.5.7.3.8",
            "1.3.6.1.5.5.7.3.9");

    private CertificateReader() {}

    static Value certificate(X509Certificate certificate) throws GeneralSecurityException {
        Der body = Der.of(certificate.getTBSCertificate());
        List<Der> parts = body.children();
        int first = parts.getFirst().tag() == 0xA0 ? 1 : 0;
        Map<String, Value> members = new HashMap<>();
        members.put("Raw", base64(certificate.getEncoded()));
        members.put("RawTBSCertificate", base64(body.encoded()));
        members.put("RawIssuer", base64(parts.get(first + 2).encoded()));
        members.put("RawSubject", base64(parts.get(first + 4).encoded()));
        members.put("RawSubjectPublicKeyInfo", base64(parts.get(first + 5).encoded()));
        members.put("Signature", base64(certificate.getSignature()));
        members.put("SignatureAlgorithm", CertificateValues.signatureAlgorithm(certificate.getSigAlgName()));
        members.put("PublicKeyAlgorithm", CertificateValues.keyAlgorithm(certificate.getPublicKey()));
        members.put("PublicKey", CertificateValues.key(certificate.getPublicKey()));
        members.put("Version", Value.of(certificate.getVersion()));
        members.put("SerialNumber", NumberValue.of(certificate.getSerialNumber()));
        members.put("Issuer", CertificateValues.name(parts.get(first + 2)));
        members.put("Subject", CertificateValues.name(parts.get(first + 4)));
        members.put("NotBefore", Value.of(certificate.getNotBefore().toInstant().toString()));
        members.put("NotAfter", Value.of(certificate.getNotAfter().toInstant().toString()));
        Der last = parts.getLast();
        members.put("Extensions", last.tag() == 0xA3 ? CertificateValues.extensions(last.child(0)) : NullValue.NULL);
        usage(certificate, members);
        AlternativeNames.of(extension(certificate, "2.5.29.17")).into(members);
        constraints(certificate, members);
        return object(members);
    }

    private static void usage(X509Certificate certificate, Map<String, Value> members) throws GeneralSecurityException {
        int usage = 0;
        boolean[] bits = certificate.getKeyUsage();
        for (int i = 0; bits != null && i < bits.length; i++) {
            usage |= bits[i] ? 1 << i : 0;
        }
        members.put("KeyUsage", Value.of((long) usage));
        List<Integer> known = new ArrayList<>();
        List<Value> unknown = new ArrayList<>();
        List<String> extended = certificate.getExtendedKeyUsage();
        for (String name : extended == null ? List.<String>of() : extended) {
            int number = USAGES.indexOf(name);
            if (number >= 0) {
                known.add(number);
            } else {
                unknown.add(numbers(
                        Arrays.stream(name.split("\\.")).map(Integer::valueOf).toList()));
            }
        }
        members.put("ExtKeyUsage", known.isEmpty() ? NullValue.NULL : numbers(known));
        members.put("UnknownExtKeyUsage", unknown.isEmpty() ? NullValue.NULL : ArrayValue.of(unknown));
    }

    private static void constraints(X509Certificate certificate, Map<String, Value> members)
            throws GeneralSecurityException {
        int length = certificate.getBasicConstraints();
        members.put("IsCA", Value.of(length >= 0));
        members.put("BasicConstraintsValid", Value.of(certificate.getExtensionValue("2.5.29.19") != null));
        boolean bounded = length >= 0 && length < Integer.MAX_VALUE;
        members.put("MaxPathLen", Value.of(bounded ? length : -1L));
        members.put("MaxPathLenZero", Value.of(length == 0));
        Der subject = extension(certificate, "2.5.29.14");
        members.put("SubjectKeyId", base64(subject == null ? null : subject.content()));
        Der authority = extension(certificate, "2.5.29.35");
        byte[] authorityId = null;
        for (Der part : authority == null ? List.<Der>of() : authority.children()) {
            authorityId = part.tag() == 0x80 ? part.content() : authorityId;
        }
        members.put("AuthorityKeyId", base64(authorityId));
    }

    /** What is inside the extension's octet string. */
    private static @Nullable Der extension(X509Certificate certificate, String name) throws GeneralSecurityException {
        byte[] value = certificate.getExtensionValue(name);
        return value == null ? null : Der.of(Der.of(value).content());
    }

    static Value request(byte[] encoded) throws GeneralSecurityException {
        Der request = Der.of(encoded);
        Der body = request.child(0);
        Der keyInfo = body.child(2);
        PublicKey key = publicKey(keyInfo.encoded());
        Map<String, Value> members = new HashMap<>();
        members.put("Raw", base64(encoded));
        members.put("RawTBSCertificateRequest", base64(body.encoded()));
        members.put("RawSubject", base64(body.child(1).encoded()));
        members.put("RawSubjectPublicKeyInfo", base64(keyInfo.encoded()));
        members.put("Version", NumberValue.of(body.child(0).integer()));
        members.put("Subject", CertificateValues.name(body.child(1)));
        members.put("PublicKey", CertificateValues.key(key));
        members.put("PublicKeyAlgorithm", CertificateValues.keyAlgorithm(key));
        members.put("Signature", base64(request.child(2).bits()));
        Der extensions = requestedExtensions(body);
        members.put("Extensions", extensions == null ? NullValue.NULL : CertificateValues.extensions(extensions));
        members.put("ExtraExtensions", NullValue.NULL);
        AlternativeNames.of(alternativeNames(extensions)).into(members);
        return object(members);
    }

    private static @Nullable Der requestedExtensions(Der body) throws GeneralSecurityException {
        List<Der> parts = body.children();
        for (Der attribute : parts.size() > 3 ? parts.get(3).children() : List.<Der>of()) {
            if (attribute.child(0).identifier().equals(EXTENSION_REQUEST)) {
                return attribute.child(1).child(0);
            }
        }
        return null;
    }

    private static @Nullable Der alternativeNames(@Nullable Der extensions) throws GeneralSecurityException {
        for (Der extension : extensions == null ? List.<Der>of() : extensions.children()) {
            if (extension.child(0).identifier().equals(ALTERNATIVE_NAMES)) {
                return Der.of(extension.children().getLast().content());
            }
        }
        return null;
    }

    private static PublicKey publicKey(byte[] info) throws GeneralSecurityException {
        GeneralSecurityException last = new GeneralSecurityException("unknown public key algorithm");
        for (String algorithm : List.of("RSA", "EC", "Ed25519", "DSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(info));
            } catch (GeneralSecurityException e) {
                last = e;
            }
        }
        throw last;
    }
}
