package io.terrafleet.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.terrafleet.contracts.Json;
import io.terrafleet.rego.CompiledPolicies;
import io.terrafleet.rego.RegoCompiler;
import io.terrafleet.rego.RegoModule;
import io.terrafleet.rego.evaluation.Limits;
import io.terrafleet.rego.problem.RegoException;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A small server that speaks OPA's Data API over real HTTP and evaluates by our own engine. */
public final class OpaServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch over = new CountDownLatch(1);
    private final CompiledPolicies policies;
    private volatile @Nullable String token;
    private volatile boolean hangs;

    /** @param rego one module that it holds */
    public OpaServer(String rego) {
        policies = RegoCompiler.compile(List.of(RegoModule.parse("server.rego", rego)));
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/v1/data/", this::answer);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** From now on only who shows this token is answered. */
    public void demand(String secret) {
        token = secret;
    }

    /** From now on it sends the beginning of an answer and nothing more. */
    public void hang() {
        hangs = true;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (hangs) {
                exchange.sendResponseHeaders(200, 1_000);
                exchange.getResponseBody().write('{');
                exchange.getResponseBody().flush();
                over.await();
                return;
            }
            String shown = exchange.getRequestHeaders().getFirst("Authorization");
            if (token != null && !("Bearer " + token).equals(shown)) {
                send(
                        exchange,
                        401,
                        "{\"code\": \"unauthorized\", \"message\": \"request rejected by administrative policy\"}");
                return;
            }
            evaluate(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void evaluate(HttpExchange exchange) throws IOException {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        JsonNode request = Json.mapper().readTree(exchange.getRequestBody());
        String query =
                exchange.getRequestURI().getPath().substring("/v1/".length()).replace('/', '.');
        try {
            Optional<Value> result = policies.query(query)
                    .evaluate(Value.fromJson(request.path("input")), ObjectValue.EMPTY, Limits.DEFAULT);
            result.ifPresent(value -> document.set("result", value.toJsonNode()));
            send(exchange, 200, document.toString());
        } catch (RegoException e) {
            document.put("code", "internal_error").put("message", "error(s) occurred while evaluating query");
            document.putArray("errors")
                    .addObject()
                    .put("message", e.errors().getFirst().toString());
            send(exchange, 500, document.toString());
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
