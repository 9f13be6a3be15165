package io.terrafleet.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.terrafleet.contracts.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A public registry of providers on this machine, by http. Archives lie at another path than its protocol, as with the real one; it can be
 * away, hold an archive back, and send another than it announced.
 */
public final class FakeRegistry implements AutoCloseable {
    private static final String PROVIDERS = "/v1/providers/";

    private record Build(String version, String platform, Path archive, String sha256) {
        String file(String type) {
            return "terraform-provider-" + type + "_" + version + "_" + platform + ".zip";
        }
    }

    private final HttpServer server;
    private final Map<String, List<Build>> builds = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean away;
    private boolean held;
    private @Nullable Path instead;
    private volatile String files = "";

    public FakeRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /**
     * @param name {@code NAMESPACE/TYPE}
     * @param platform for example {@code linux_amd64}
     */
    public FakeRegistry offers(String name, String version, String platform, Path archive) {
        builds.computeIfAbsent(name, any -> new CopyOnWriteArrayList<>())
                .add(new Build(version, platform, archive, sha256(archive)));
        return this;
    }

    /** Requests so far: their paths. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Whether every request is answered by 503. */
    public void away(boolean now) {
        change(() -> away = now);
    }

    /** Whether archives wait to be sent. */
    public void holdArchives(boolean now) {
        change(() -> held = now);
    }

    /** What is sent instead of every archive from now on. */
    public void sendsInstead(Path archive) {
        change(() -> instead = archive);
    }

    /** Files are said to be at another server from now on. */
    public void pointsTo(URI elsewhere) {
        change(() -> files = "http://" + elsewhere.getAuthority());
    }

    private void change(Runnable what) {
        lock.lock();
        try {
            what.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            requests.add(path);
            if (isAway()) {
                send(exchange, 503, "away");
            } else if (path.equals("/.well-known/terraform.json")) {
                send(exchange, 200, Map.of("providers.v1", PROVIDERS));
            } else if (path.startsWith(PROVIDERS)) {
                registry(exchange, path.substring(PROVIDERS.length()).split("/"));
            } else if (path.startsWith("/files/")) {
                file(exchange, path.substring("/files/".length()));
            } else {
                send(exchange, 404, "nothing");
            }
        }
    }

    private boolean isAway() {
        lock.lock();
        try {
            return away;
        } finally {
            lock.unlock();
        }
    }

    private void registry(HttpExchange exchange, String[] path) throws IOException {
        String name = path.length < 3 ? "" : path[0] + "/" + path[1];
        List<Build> known = builds.getOrDefault(name, List.of());
        if (path.length == 3 && path[2].equals("versions") && !known.isEmpty()) {
            List<Map<String, Object>> versions = known.stream()
                    .map(Build::version)
                    .distinct()
                    .map(version -> offered(version, known))
                    .toList();
            send(exchange, 200, Map.of("id", name, "versions", versions));
            return;
        }
        for (Build build : known) {
            if (path.length == 6
                    && path[2].equals(build.version())
                    && (path[4] + "_" + path[5]).equals(build.platform())) {
                send(exchange, 200, download(name, path[1], build));
                return;
            }
        }
        send(exchange, 404, "nothing");
    }

    private static Map<String, Object> offered(String version, List<Build> known) {
        List<Map<String, String>> platforms = known.stream()
                .filter(build -> build.version().equals(version))
                .map(build -> List.of(build.platform().split("_")))
                .map(parts -> Map.of("os", parts.get(0), "arch", parts.get(1)))
                .toList();
        return Map.of("version", version, "protocols", List.of("5.0"), "platforms", platforms);
    }

    private Map<String, Object> download(String name, String type, Build build) {
        String folder = files + "/files/" + name + "/" + build.version() + "/";
        return Map.of(
                "filename",
                build.file(type),
                "download_url",
                folder + build.file(type),
                "shasum",
                build.sha256(),
                "shasums_url",
                folder + "SHA256SUMS");
    }

    private void file(HttpExchange exchange, String path) throws IOException {
        String[] parts = path.split("/");
        List<Build> known = builds.getOrDefault(parts[0] + "/" + parts[1], List.of()).stream()
                .filter(build -> build.version().equals(parts[2]))
                .toList();
        if (parts[3].equals("SHA256SUMS")) {
            StringBuilder sums = new StringBuilder();
            known.forEach(build -> sums.append(build.sha256())
                    .append("  ")
                    .append(build.file(parts[1]))
                    .append('\n'));
            send(exchange, 200, sums.toString());
            return;
        }
        for (Build build : known) {
            if (parts[3].equals(build.file(parts[1]))) {
                sendArchive(exchange, build.archive());
                return;
            }
        }
        send(exchange, 404, "nothing");
    }

    private void sendArchive(HttpExchange exchange, Path archive) throws IOException {
        Path sent = awaitArchive(archive);
        exchange.sendResponseHeaders(200, Files.size(sent));
        try (InputStream in = Files.newInputStream(sent);
                OutputStream out = exchange.getResponseBody()) {
            in.transferTo(out);
        }
    }

    private Path awaitArchive(Path archive) throws IOException {
        lock.lock();
        try {
            while (held) {
                if (!changed.await(1, TimeUnit.MINUTES)) {
                    throw new IOException("nobody lets the archive go");
                }
            }
            return instead == null ? archive : instead;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the registry is closing", e);
        } finally {
            lock.unlock();
        }
    }

    private static void send(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] bytes = body instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : Json.write(body);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Hexadecimal, lower case. */
    public static String sha256(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    @Override
    public void close() {
        change(() -> held = false);
        server.stop(0);
    }
}
