package io.terrafleet.standalone.platform;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The certificate of one start: what the server shows, what our own processes trust.
 *
 * @param host that the certificate is good for
 * @param keys configuration keys of the server
 * @param trustStore for the clients in this JVM and in the runners: the usual authorities and this one
 * @param authority PEM that others must trust, when it is our own
 */
record Tls(String host, Map<String, String> keys, Path trustStore, Optional<Path> authority) {
    private static final String STORE = "quarkus.tls.terrafleet.key-store.";
    private static final int DNS_NAME = 2;
    private static final String OURS = "terrafleet-";

    /** Where distributions keep their authorities, as Go's programs look for them. */
    private static final List<Path> BUNDLES = List.of(
            Path.of("/etc/ssl/certs/ca-certificates.crt"),
            Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
            Path.of("/etc/ssl/ca-bundle.pem"),
            Path.of("/etc/ssl/cert.pem"));

    /** Also of the JDK's own store of authorities. */
    static final String TRUST_PASSWORD = "changeit";

    static Tls own(LocalAuthority authority) {
        Map<String, String> keys = common();
        keys.put(STORE + "p12.path", authority.serverStore().toString());
        keys.put(STORE + "p12.password", authority.password());
        return new Tls("localhost", keys, authority.trustStore(), Optional.of(authority.certificate()));
    }

    static Tls given(Reach.Encryption.Given given, DataDirectory data) {
        Map<String, String> keys = common();
        keys.put(STORE + "pem.terrafleet.cert", readable(given.certificate()).toString());
        keys.put(STORE + "pem.terrafleet.key", readable(given.key()).toString());
        List<X509Certificate> chain = chain(given.certificate());
        Path trust = data.resolve("tls-trust.p12");
        trusting(chain, trust);
        return new Tls(hostOf(chain.getFirst(), given.certificate()), keys, trust, Optional.empty());
    }

    /**
     * For programs that are no Java: the authorities that {@code SSL_CERT_FILE} names, or this machine's usual file, or the JDK's; and ours.
     * Written anew at each start. @return PEM
     */
    Path trustedCertificates() {
        Path pem = trustStore.resolveSibling(trustStore.getFileName().toString().replace(".p12", ".pem"));
        try {
            Optional<Path> usual = Stream.concat(
                            Optional.ofNullable(System.getenv("SSL_CERT_FILE")).map(Path::of).stream(),
                            BUNDLES.stream())
                    .filter(Files::isReadable)
                    .filter(Files::isRegularFile)
                    .findFirst();
            KeyStore store = KeyStore.getInstance(trustStore.toFile(), TRUST_PASSWORD.toCharArray());
            Files.writeString(
                    pem,
                    (usual.isPresent() ? Files.readString(usual.get()) + "\n" : "")
                            + pem(store, usual.isPresent() ? OURS : ""));
            return pem;
        } catch (IOException | GeneralSecurityException e) {
            throw new PlatformUnusable("the trusted authorities cannot be written to " + pem + ": " + e, e);
        }
    }

    private static String pem(KeyStore store, String prefix) throws GeneralSecurityException {
        StringBuilder pem = new StringBuilder();
        Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
        for (String alias : Collections.list(store.aliases())) {
            if (alias.startsWith(prefix)) {
                pem.append("-----BEGIN CERTIFICATE-----\n")
                        .append(lines.encodeToString(store.getCertificate(alias).getEncoded()))
                        .append("\n-----END CERTIFICATE-----\n");
            }
        }
        return pem.toString();
    }

    private static Map<String, String> common() {
        Map<String, String> keys = new TreeMap<>();
        keys.put("quarkus.http.tls-configuration-name", "terrafleet");
        keys.put("quarkus.http.insecure-requests", "disabled");
        return keys;
    }

    private static Path readable(Path file) {
        if (!Files.isReadable(file)) {
            throw new PlatformUnusable(file + " cannot be read. Give the certificate and its key as PEM files with"
                    + " --tls-certificate and --tls-key.");
        }
        return file.toAbsolutePath().normalize();
    }

    static List<X509Certificate> chain(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            List<X509Certificate> chain = new ArrayList<>();
            found.forEach(certificate -> chain.add((X509Certificate) certificate));
            if (!chain.isEmpty()) {
                return chain;
            }
            throw new PlatformUnusable(file + " holds no certificate; it must be PEM, the server's certificate first.");
        } catch (IOException | GeneralSecurityException e) {
            throw new PlatformUnusable(file + " cannot be read as PEM certificates: " + e.getMessage(), e);
        }
    }

    private static String hostOf(X509Certificate certificate, Path file) {
        return names(certificate).stream()
                .filter(name -> !name.startsWith("*"))
                .findFirst()
                .orElseThrow(() -> new PlatformUnusable(
                        "the first certificate of " + file + " is good for no host name (subject alternative name)."));
    }

    private static List<String> names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> name.getFirst().equals(DNS_NAME))
                            .map(name -> String.valueOf(name.get(1)))
                            .toList();
        } catch (CertificateParsingException e) {
            throw new PlatformUnusable("the certificate's names cannot be read: " + e.getMessage(), e);
        }
    }

    /** Writes a store of the JDK's authorities and these. */
    static void trusting(List<X509Certificate> more, Path file) {
        try {
            Path authorities = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
            KeyStore store = KeyStore.getInstance(authorities.toFile(), TRUST_PASSWORD.toCharArray());
            for (int i = 0; i < more.size(); i++) {
                store.setCertificateEntry(OURS + i, more.get(i));
            }
            try (var out = Files.newOutputStream(file)) {
                store.store(out, TRUST_PASSWORD.toCharArray());
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new PlatformUnusable("the store of trusted authorities " + file + " cannot be written: " + e, e);
        }
    }
}
