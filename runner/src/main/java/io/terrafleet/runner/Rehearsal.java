package io.terrafleet.runner;

import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The beginning of a pod, up to the claim, against a platform of this process that wants nobody: by HTTP, and by HTTPS with a certificate
 * made for the occasion. What the JVM loads and learns by it is kept in the image, so that real pods need not.
 */
final class Rehearsal {
    private static final JobId JOB = JobId.of("run-1111111111111111-plan-1");
    private static final int CALLERS = 4;
    private static final byte[] UNWANTED = "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
            .getBytes(StandardCharsets.UTF_8);

    private final Host host;

    Rehearsal(Host host) {
        this.host = host;
    }

    /** @param keys a PKCS12 store with one key, for the name {@code localhost}, that this JVM trusts */
    void run(Path keys, String password) throws IOException, InterruptedException {
        try (ServerSocket plain = new ServerSocket(0, CALLERS, InetAddress.getLoopbackAddress())) {
            claim(plain, "http");
        }
        try (ServerSocket secured = secured(keys, password)) {
            claim(secured, "https");
        }
        readAuthorities();
    }

    /** A pod trusts the JVM's own, which are more and of other kinds than the one of the occasion. */
    private static void readAuthorities() throws IOException {
        Path authorities = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
        try {
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(KeyStore.getInstance(authorities.toFile(), (char[]) null));
        } catch (GeneralSecurityException e) {
            throw new IOException(authorities + " cannot be read as certificates", e);
        }
    }

    static ServerSocket secured(Path keys, String password) throws IOException {
        try (InputStream store = Files.newInputStream(keys)) {
            KeyStore loaded = KeyStore.getInstance("PKCS12");
            loaded.load(store, password.toCharArray());
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(loaded, password.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context.getServerSocketFactory().createServerSocket(0, CALLERS, InetAddress.getLoopbackAddress());
        } catch (GeneralSecurityException e) {
            throw new IOException(keys + " is no store with a key", e);
        }
    }

    private void claim(ServerSocket platform, String scheme) throws IOException, InterruptedException {
        Thread answering = Thread.ofPlatform().daemon().start(() -> answer(platform));
        Path directory = Files.createTempDirectory("terrafleet-rehearsal");
        try {
            Path terraform = Path.of(System.getProperty("java.home"), "bin", "java");
            Path assignment = directory.resolve("assignment.json");
            Files.write(
                    assignment,
                    Json.write(new Assignment(
                            JOB,
                            URI.create(scheme + "://localhost:" + platform.getLocalPort()),
                            "token",
                            terraform.toString(),
                            "1.0.0",
                            "terraform",
                            directory.resolve("job").toString(),
                            Optional.empty(),
                            Optional.empty(),
                            "rehearsal",
                            Optional.empty(),
                            List.of())));
            Outcome outcome = new InPod(host, directory.resolve("last-word"), true).run(assignment);
            if (outcome.end() != Outcome.End.UNWANTED) {
                throw new IOException("the rehearsal by " + scheme + " ended otherwise: " + outcome);
            }
            answering.join();
        } finally {
            JobDirectory.delete(directory);
        }
    }

    /** One caller, whose request's head is read and no more. */
    private static void answer(ServerSocket platform) {
        try (Socket caller = platform.accept()) {
            BufferedReader head =
                    new BufferedReader(new InputStreamReader(caller.getInputStream(), StandardCharsets.UTF_8));
            for (String line = head.readLine(); line != null && !line.isEmpty(); line = head.readLine()) {
                // a header, which says nothing here
            }
            caller.getOutputStream().write(UNWANTED);
            caller.getOutputStream().flush();
        } catch (IOException e) {
            System.err.println("rehearsal: nobody was answered: " + e.getMessage());
        }
    }
}
