package io.terrafleet.standalone.journey;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.terrafleet.contracts.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps one state for terraform's backend {@code http}, and its lock. */
final class StateServer implements AutoCloseable {
    private final HttpServer server;
    private volatile byte[] state = new byte[0];
    private final AtomicInteger locks = new AtomicInteger();

    StateServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/state", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] sent = exchange.getRequestBody().readAllBytes();
        byte[] kept = state;
        switch (exchange.getRequestMethod()) {
            case "GET" -> {
                exchange.sendResponseHeaders(kept.length == 0 ? 404 : 200, kept.length == 0 ? -1 : kept.length);
                exchange.getResponseBody().write(kept);
            }
            case "POST" -> {
                state = sent;
                exchange.sendResponseHeaders(200, -1);
            }
            case "LOCK" -> {
                locks.incrementAndGet();
                exchange.sendResponseHeaders(200, -1);
            }
            case "UNLOCK" -> exchange.sendResponseHeaders(200, -1);
            default -> exchange.sendResponseHeaders(405, -1);
        }
        exchange.close();
    }

    /** A block of configuration. */
    String backend() {
        return """
                terraform {
                  backend "http" {
                    address        = "%1$s"
                    lock_address   = "%1$s"
                    unlock_address = "%1$s"
                  }
                }
                """
                .formatted("http://127.0.0.1:" + server.getAddress().getPort() + "/state");
    }

    String state() {
        return new String(state, StandardCharsets.UTF_8);
    }

    /** Of the resources in the state. */
    List<String> ids() throws IOException {
        return Json.mapper().readTree(state).findValuesAsText("id");
    }

    /** How often it was locked. */
    int locks() {
        return locks.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
