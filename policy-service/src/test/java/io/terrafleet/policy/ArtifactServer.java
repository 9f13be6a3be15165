package io.terrafleet.policy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.InternalKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands for the api's artifact store: serves what it was given to whoever shows the right signature. */
public final class ArtifactServer implements AutoCloseable {
    public static final String KEY = "for-tests-only-0123456789abcdef0123456789";

    private final Map<String, byte[]> contents = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger failWith = new AtomicInteger(200);
    private final HttpServer server;

    public ArtifactServer(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/api/internal/v1/artifacts/", this::serve);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public URI url() {
        return URI.create("http://localhost:" + port());
    }

    /** From now on every request is answered with this status; 200 serves again. */
    public void failWith(int status) {
        failWith.set(status);
    }

    public int requests() {
        return requests.get();
    }

    public ArtifactRef put(byte[] content) {
        String id = "art-" + String.format("%016d", next.incrementAndGet());
        contents.put(id, content);
        return new ArtifactRef(id, sha256(content), content.length);
    }

    /** Served under the id of {@code promised}, though it is something else. */
    public ArtifactRef swap(ArtifactRef promised, byte[] content) {
        contents.put(promised.id(), content);
        return promised;
    }

    private void serve(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        String id = exchange.getRequestURI().getPath().replaceAll(".*/", "");
        Map<String, String> query = query(exchange.getRequestURI().getQuery());
        boolean signed = new InternalKey(KEY)
                .isArtifactSignature(
                        id,
                        Long.parseLong(query.getOrDefault("expires", "0")),
                        query.getOrDefault("signature", ""),
                        Instant.now());
        byte[] content = contents.get(id);
        int status = failWith.get() != 200 ? failWith.get() : !signed ? 403 : content == null ? 404 : 200;
        try (exchange) {
            exchange.sendResponseHeaders(status, status == 200 && content != null ? content.length : -1);
            if (status == 200 && content != null) {
                exchange.getResponseBody().write(content);
            }
        }
    }

    private static Map<String, String> query(String text) {
        Map<String, String> query = new HashMap<>();
        for (String pair : text.split("&")) {
            query.put(pair.replaceAll("=.*", ""), pair.replaceAll("^[^=]*=", ""));
        }
        return query;
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
