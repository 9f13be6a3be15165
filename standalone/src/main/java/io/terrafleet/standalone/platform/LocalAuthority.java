package io.terrafleet.standalone.platform;

import io.terrafleet.standalone.Wiring;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A certificate authority of this installation only, and the server's certificate from it. Made at the first start by the JDK's
 * {@code keytool}; the server's certificate is made anew before it expires and when the wanted names change, the authority stays.
 */
final class LocalAuthority {
    private static final String AUTHORITY = "authority";
    private static final String SERVER = "server";
    private static final Duration RENEW_BEFORE = Duration.ofDays(30);
    private static final long KEYTOOL_SECONDS = 60;

    private final Path directory;
    private final String password;

    private LocalAuthority(Path directory, String password) {
        this.directory = directory;
        this.password = password;
    }

    /** @param names host names and addresses that the server is called by */
    static LocalAuthority in(DataDirectory data, List<String> names) {
        try {
            Path directory = data.resolve("tls");
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            Path password = directory.resolve("password");
            if (!Files.exists(password)) {
                Files.writeString(password, Wiring.secret(24));
            }
            LocalAuthority authority = new LocalAuthority(directory, Files.readString(password));
            authority.prepare(names);
            return authority;
        } catch (IOException | GeneralSecurityException e) {
            throw new PlatformUnusable("the certificate for --tls could not be made: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformUnusable("interrupted while the certificate for --tls was made", e);
        }
    }

    /** PEM of the authority, for whoever is to trust it. */
    Path certificate() {
        return directory.resolve("ca.pem");
    }

    Path serverStore() {
        return directory.resolve("server.p12");
    }

    Path trustStore() {
        return directory.resolve("trust.p12");
    }

    String password() {
        return password;
    }

    private Path authorityStore() {
        return directory.resolve("authority.p12");
    }

    private void prepare(List<String> names) throws IOException, GeneralSecurityException, InterruptedException {
        if (!Files.exists(certificate())) {
            Files.deleteIfExists(authorityStore());
            Files.deleteIfExists(serverStore());
            makeAuthority();
        }
        Path forNames = directory.resolve("names");
        String wanted = String.join("\n", names);
        boolean same = Files.exists(serverStore())
                && Files.exists(forNames)
                && Files.readString(forNames).equals(wanted);
        if (!same || expiresSoon()) {
            makeServer(names);
            Files.writeString(forNames, wanted);
        }
    }

    private void makeAuthority() throws IOException, GeneralSecurityException, InterruptedException {
        keytool(
                "-alias",
                AUTHORITY,
                "-dname",
                "CN=Terrafleet local authority",
                "-validity",
                "3650",
                "-ext",
                "bc:critical=ca:true,pathlen:0",
                "-ext",
                "ku:critical=keyCertSign,cRLSign");
        X509Certificate authority = (X509Certificate) open(authorityStore()).getCertificate(AUTHORITY);
        Tls.trusting(List.of(authority), trustStore());
        Files.writeString(certificate(), pem(authority));
    }

    private void makeServer(List<String> names) throws IOException, GeneralSecurityException, InterruptedException {
        KeyStore before = open(authorityStore());
        if (before.containsAlias(SERVER)) {
            before.deleteEntry(SERVER);
            write(before, authorityStore());
        }
        List<String> san = names.stream()
                .map(name -> (isAddress(name) ? "ip:" : "dns:") + name)
                .toList();
        keytool(
                "-alias",
                SERVER,
                "-signer",
                AUTHORITY,
                "-dname",
                "CN=" + names.getFirst(),
                "-validity",
                "397",
                "-ext",
                "san=" + String.join(",", san),
                "-ext",
                "eku=serverAuth",
                "-ext",
                "ku:critical=digitalSignature");
        KeyStore made = open(authorityStore());
        KeyStore server = KeyStore.getInstance("PKCS12");
        server.load(null, null);
        char[] secret = password.toCharArray();
        server.setKeyEntry(SERVER, made.getKey(SERVER, secret), secret, made.getCertificateChain(SERVER));
        write(server, serverStore());
    }

    private boolean expiresSoon() throws IOException, GeneralSecurityException {
        X509Certificate certificate = (X509Certificate) open(serverStore()).getCertificate(SERVER);
        Instant end = certificate.getNotAfter().toInstant();
        return !Wiring.clock().instant().isBefore(end.minus(RENEW_BEFORE));
    }

    private void keytool(String... about) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-storetype",
                "PKCS12",
                "-keystore",
                authorityStore().toString(),
                "-storepass:file",
                directory.resolve("password").toString()));
        line.addAll(List.of(about));
        Path printed = directory.resolve("keytool.txt");
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("keytool did not end within " + KEYTOOL_SECONDS + " s");
        }
        if (process.exitValue() != 0) {
            throw new IOException("keytool failed: " + Files.readString(printed).strip());
        }
    }

    private KeyStore open(Path store) throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(store.toFile(), password.toCharArray());
    }

    private void write(KeyStore store, Path file) throws IOException, GeneralSecurityException {
        try (var out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
        }
    }

    private static boolean isAddress(String name) {
        return name.matches("[0-9.]+") || name.contains(":");
    }

    private static String pem(X509Certificate certificate) throws GeneralSecurityException {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }
}
