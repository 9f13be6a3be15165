package io.terrafleet.api.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.terrafleet.contracts.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers as a host was recorded to answer, and keeps what it is sent. */
public final class RecordedApi implements AutoCloseable {
    private final HttpServer server;
    private final JsonNode answers;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile int refusal;

    /** @param what method, path and query as they were sent */
    record Request(String what, String authorization, JsonNode body) {}

    /** @param answers by method, path and query */
    public RecordedApi(JsonNode answers) throws IOException {
        this.answers = answers;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** As somebody asks it who has a token. */
    public HostApi api(Host host) {
        return HostContractTest.api(host, base());
    }

    URI base() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    List<Request> requests() {
        return requests;
    }

    /** Asks to be left alone for seven seconds, with this status. */
    void refuse(int status) {
        refusal = status;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String what = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            byte[] sent = exchange.getRequestBody().readAllBytes();
            requests.add(new Request(
                    what,
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                    sent.length == 0
                            ? Json.mapper().missingNode()
                            : Json.mapper().readTree(sent)));
            JsonNode answer = answers.path(what);
            if (refusal != 0) {
                exchange.getResponseHeaders().add("Retry-After", "7");
            }
            if (refusal != 0 || answer.isMissingNode()) {
                exchange.sendResponseHeaders(refusal != 0 ? refusal : 404, -1);
                return;
            }
            byte[] body = Json.write(answer);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
