package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.NullValue;
import io.terrafleet.rego.value.NumberValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.Value;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parts that certificates and requests share, in the shape in which policies know them: that of Go's crypto/x509. */
final class CertificateValues {
    private static final Map<List<Integer>, String> NAME_PARTS = Map.of(
            List.of(2, 5, 4, 6), "Country",
            List.of(2, 5, 4, 10), "Organization",
            List.of(2, 5, 4, 11), "OrganizationalUnit",
            List.of(2, 5, 4, 7), "Locality",
            List.of(2, 5, 4, 8), "Province",
            List.of(2, 5, 4, 9), "StreetAddress",
            List.of(2, 5, 4, 17), "PostalCode");
    private static final List<Integer> COMMON_NAME = List.of(2, 5, 4, 3);
    private static final List<Integer> SERIAL_NUMBER = List.of(2, 5, 4, 5);

    /** In the order of the numbers they have in Go. */
    private static final List<String> SIGNATURES = List.of(
            "",
            "MD2withRSA",
            "MD5withRSA",
            "SHA1withRSA",
            "SHA256withRSA",
            "SHA384withRSA",
            "SHA512withRSA",
            "SHA1withDSA",
            "SHA256withDSA",
            "SHA1withECDSA",
            "SHA256withECDSA",
            "SHA384withECDSA",
            "SHA512withECDSA",
            "SHA256withRSAPSS",
            "SHA384withRSAPSS",
            "SHA512withRSAPSS",
            "Ed25519");

    private static final List<String> KEYS = List.of("", "RSA", "DSA", "EC", "EdDSA");

    private CertificateValues() {}

    static Value base64(byte @Nullable [] bytes) {
        return bytes == null ? NullValue.NULL : Value.of(Base64.getEncoder().encodeToString(bytes));
    }

    static Value strings(Collection<String> texts) {
        return texts.isEmpty()
                ? NullValue.NULL
                : ArrayValue.of(texts.stream().map(Value::of).toList());
    }

    static Value numbers(List<Integer> numbers) {
        return ArrayValue.of(numbers.stream().map(n -> Value.of((long) n)).toList());
    }

    static Value signatureAlgorithm(String name) {
        return Value.of((long) Math.max(0, SIGNATURES.indexOf(name)));
    }

    static Value keyAlgorithm(PublicKey key) {
        return Value.of((long) Math.max(0, KEYS.indexOf(key.getAlgorithm())));
    }

    static Value key(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa ->
                object(Map.of("N", NumberValue.of(rsa.getModulus()), "E", NumberValue.of(rsa.getPublicExponent())));
            case ECPublicKey curve ->
                object(Map.of(
                        "X", NumberValue.of(curve.getW().getAffineX()),
                        "Y", NumberValue.of(curve.getW().getAffineY()),
                        "Curve", ObjectValue.EMPTY));
            default -> {
                byte[] encoded = key.getEncoded();
                yield base64(Arrays.copyOfRange(encoded, Math.max(0, encoded.length - 32), encoded.length));
            }
        };
    }

    static ObjectValue object(Map<String, Value> members) {
        Map<Value, Value> object = new HashMap<>();
        members.forEach((name, value) -> object.put(Value.of(name), value));
        return ObjectValue.of(object);
    }

    /** A distinguished name: a sequence of sets of attributes. */
    static Value name(Der name) throws GeneralSecurityException {
        Map<String, List<Value>> lists = new HashMap<>();
        Map<String, Value> members = new HashMap<>();
        List<Value> all = new ArrayList<>();
        members.put("CommonName", Value.of(""));
        members.put("SerialNumber", Value.of(""));
        members.put("ExtraNames", NullValue.NULL);
        for (Der set : name.children()) {
            for (Der attribute : set.children()) {
                List<Integer> type = attribute.child(0).identifier();
                Value text = Value.of(attribute.child(1).text());
                all.add(object(Map.of("Type", numbers(type), "Value", text)));
                String part = NAME_PARTS.get(type);
                if (part != null) {
                    lists.computeIfAbsent(part, p -> new ArrayList<>()).add(text);
                } else if (type.equals(COMMON_NAME)) {
                    members.put("CommonName", text);
                } else if (type.equals(SERIAL_NUMBER)) {
                    members.put("SerialNumber", text);
                }
            }
        }
        for (String part : NAME_PARTS.values()) {
            List<Value> values = lists.get(part);
            members.put(part, values == null ? NullValue.NULL : ArrayValue.of(values));
        }
        members.put("Names", ArrayValue.of(all));
        return object(members);
    }

    /** A sequence of extensions. */
    static Value extensions(Der extensions) throws GeneralSecurityException {
        List<Value> all = new ArrayList<>();
        for (Der extension : extensions.children()) {
            List<Der> parts = extension.children();
            boolean critical = parts.size() > 2 && !parts.get(1).integer().equals(BigInteger.ZERO);
            all.add(object(Map.of(
                    "Id", numbers(parts.getFirst().identifier()),
                    "Critical", Value.of(critical),
                    "Value", base64(parts.getLast().content()))));
        }
        return ArrayValue.of(all);
    }

    /** The general names of RFC 5280 by kind. */
    record AlternativeNames(List<String> dns, List<String> mail, List<String> addresses, List<String> uris) {
        static AlternativeNames of(@Nullable Der names) throws GeneralSecurityException {
            AlternativeNames found =
                    new AlternativeNames(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (Der name : names == null ? List.<Der>of() : names.children()) {
                switch (name.tag()) {
                    case 0x81 -> found.mail.add(name.text());
                    case 0x82 -> found.dns.add(name.text());
                    case 0x86 -> found.uris.add(name.text());
                    case 0x87 -> found.addresses.add(address(name.content()));
                    default -> {}
                }
            }
            return found;
        }

        private static String address(byte[] bytes) throws GeneralSecurityException {
            try {
                return java.net.InetAddress.getByAddress(bytes).getHostAddress();
            } catch (java.net.UnknownHostException e) {
                throw new GeneralSecurityException("malformed IP address", e);
            }
        }

        void into(Map<String, Value> members) {
            members.put("DNSNames", strings(dns));
            members.put("EmailAddresses", strings(mail));
            members.put("IPAddresses", strings(addresses));
            members.put("URIStrings", strings(uris));
            members.put("URIs", parsed());
        }

        private Value parsed() {
            List<Value> all = new ArrayList<>();
            for (String uri : uris) {
                java.net.URI parts;
                try {
                    parts = new java.net.URI(uri);
                } catch (java.net.URISyntaxException e) {
                    continue;
                }
                all.add(object(Map.of(
                        "Scheme", Value.of(orEmpty(parts.getScheme())),
                        "Opaque", Value.of(""),
                        "User", NullValue.NULL,
                        "Host", Value.of(orEmpty(parts.getAuthority())),
                        "Path", Value.of(orEmpty(parts.getPath())),
                        "RawPath", Value.of(""),
                        "ForceQuery", Value.of(false),
                        "RawQuery", Value.of(orEmpty(parts.getRawQuery())),
                        "Fragment", Value.of(orEmpty(parts.getFragment())),
                        "RawFragment", Value.of(""))));
            }
            return all.isEmpty() ? NullValue.NULL : ArrayValue.of(all);
        }

        private static String orEmpty(@Nullable String text) {
            return text == null ? "" : text;
        }
    }
}
