package io.terrafleet.runner;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The certificate authorities of the file that {@code SSL_CERT_FILE} names, as terraform and git take them: those and no others. Without the
 * variable, and where the JVM was given a store of its own, the JVM's.
 */
public final class Authorities {
    private static final String VARIABLE = "SSL_CERT_FILE";

    private Authorities() {}

    /** @throws IOException when the file cannot be read as certificates; says which */
    public static Optional<SSLContext> named(Map<String, String> environment) throws IOException {
        String file = environment.get(VARIABLE);
        if (file == null || file.isBlank() || System.getProperty("javax.net.ssl.trustStore") != null) {
            return Optional.empty();
        }
        return Optional.of(trusting(Path.of(file)));
    }

    static SSLContext trusting(Path file) throws IOException {
        try (InputStream pem = new BufferedInputStream(Files.newInputStream(file))) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (certificates.isEmpty()) {
                throw new IOException(VARIABLE + " names " + file + ", which holds no certificate");
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("authority-" + store.size(), certificate);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(VARIABLE + " names " + file + ", which cannot be read as certificates", e);
        }
    }
}
