package io.terrafleet.api.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.terrafleet.contracts.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The two calls of Vault's transit engine that are used, with a cipher that only turns the text around. */
final class FakeTransit implements AutoCloseable {
    private static final String TOKEN = "token-of-the-service";

    private final HttpServer server;
    private volatile boolean refusing;

    FakeTransit() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/transit/encrypt/terrafleet", exchange -> answer(exchange, "plaintext", "ciphertext"));
        server.createContext("/v1/transit/decrypt/terrafleet", exchange -> answer(exchange, "ciphertext", "plaintext"));
        server.start();
    }

    VaultTransit client(Path directory) throws IOException {
        Path token = Files.writeString(directory.resolve("token"), TOKEN + "\n");
        return new VaultTransit(new SmallRyeConfigBuilder()
                .withMapping(SecretConfig.class)
                .withSources(new PropertiesConfigSource(
                        Map.of(
                                "terrafleet.secret.keyset-file",
                                "unused",
                                "terrafleet.secret.transit.address",
                                "http://127.0.0.1:" + server.getAddress().getPort(),
                                "terrafleet.secret.transit.token-file",
                                token.toString()),
                        "test",
                        500))
                .build()
                .getConfigMapping(SecretConfig.class)
                .transit());
    }

    void refuse() {
        refusing = true;
    }

    private void answer(HttpExchange exchange, String from, String to) throws IOException {
        JsonNode asked = Json.mapper().readTree(exchange.getRequestBody().readAllBytes());
        boolean known = TOKEN.equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"));
        if (refusing || !known) {
            send(exchange, 403, Map.of("errors", List.of("permission denied")));
            return;
        }
        String text = asked.path(from).asText();
        String turned = new StringBuilder(text.startsWith("vault:v1:") ? text.substring(9) : text)
                .reverse()
                .toString();
        send(exchange, 200, Map.of("data", Map.of(to, to.equals("ciphertext") ? "vault:v1:" + turned : turned)));
    }

    private static void send(HttpExchange exchange, int status, Map<String, Object> body) throws IOException {
        byte[] json = Json.write(body);
        exchange.sendResponseHeaders(status, json.length);
        exchange.getResponseBody().write(json);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
