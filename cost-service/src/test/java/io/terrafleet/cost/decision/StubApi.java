package io.terrafleet.cost.decision;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.terrafleet.contracts.InternalKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Serves plans like the api-service does, to whoever signs well; fails when told to. */
public final class StubApi implements QuarkusTestResourceLifecycleManager {
    private static final Pattern PATH =
            Pattern.compile("/api/internal/v1/artifacts/([^?]+)\\?expires=(\\d+)&signature=([0-9a-f]+)");
    private static final InternalKey KEY = new InternalKey("for-tests-only-0123456789abcdef0123456789");

    private final Map<String, byte[]> plans = new ConcurrentHashMap<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final HttpServer server;

    public StubApi() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void store(String artifact, byte[] content) {
        plans.put(artifact, content);
    }

    /** The next answers are 503. */
    void failTimes(int times) {
        failures.set(times);
    }

    int failuresLeft() {
        return failures.get();
    }

    @Override
    public Map<String, String> start() {
        server.createContext("/", this::answer);
        server.start();
        return Map.of(
                "terrafleet.cost.api-url",
                "http://localhost:" + server.getAddress().getPort(),
                "quarkus.http.test-port",
                "0");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(StubApi.class));
    }

    @Override
    public void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI asked = exchange.getRequestURI();
            Matcher path = PATH.matcher(asked.toString());
            byte[] plan = path.matches() && signed(path) ? plans.get(path.group(1)) : null;
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                exchange.sendResponseHeaders(503, -1);
            } else if (plan == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                exchange.sendResponseHeaders(200, plan.length == 0 ? -1 : plan.length);
                exchange.getResponseBody().write(plan);
            }
        }
    }

    private static boolean signed(Matcher path) {
        return KEY.isArtifactSignature(path.group(1), Long.parseLong(path.group(2)), path.group(3), Instant.now());
    }
}
