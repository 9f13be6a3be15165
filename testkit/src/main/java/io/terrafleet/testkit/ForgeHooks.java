package io.terrafleet.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The webhooks of a {@link GitForge}: entered by hand or made by its API, and what is delivered by them. */
final class ForgeHooks implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<Long, GitForge.Hook> hooks = new ConcurrentSkipListMap<>();
    private final AtomicLong ids = new AtomicLong();
    private volatile boolean loses;
    private volatile boolean forbidden;

    /** For every repository, in the place of the one before. */
    void tell(URI address, String secret) {
        hooks.values().removeIf(hook -> hook.repository().isEmpty());
        put(ids.incrementAndGet(), "", address, secret, List.of());
    }

    void lose(boolean lose) {
        loses = lose;
    }

    void forbid(boolean forbid) {
        forbidden = forbid;
    }

    List<GitForge.Hook> of(String repository) {
        return hooks.values().stream()
                .filter(hook -> hook.repository().equals(repository))
                .toList();
    }

    /** As the API makes it, or changes it. */
    Optional<JsonNode> put(String repository, Optional<Long> known, JsonNode body) {
        if (forbidden || (known.isPresent() && !hooks.containsKey(known.get()))) {
            return Optional.empty();
        }
        long id = known.orElseGet(ids::incrementAndGet);
        JsonNode config = body.path("config");
        List<String> events =
                body.path("events").valueStream().map(JsonNode::asText).toList();
        put(
                id,
                repository,
                URI.create(config.path("url").asText()),
                config.path("secret").asText(),
                events);
        return Optional.of(Json.mapper().createObjectNode().put("id", id).put("active", true));
    }

    private void put(long id, String repository, URI address, String secret, List<String> events) {
        hooks.put(id, new GitForge.Hook(id, repository, address, secret, events));
    }

    Optional<JsonNode> remove(long id) {
        return Optional.ofNullable(hooks.remove(id)).map(hook -> Json.mapper().createObjectNode());
    }

    void deliver(String repository, String event, JsonNode body) {
        if (loses) {
            return;
        }
        for (GitForge.Hook hook : hooks.values()) {
            boolean wanted = hook.events().isEmpty() || hook.events().contains(event);
            boolean here = hook.repository().isEmpty() || hook.repository().equals(repository);
            if (wanted && here) {
                send(hook.address(), event, UUID.randomUUID().toString(), Json.write(body), hook.secret());
            }
        }
    }

    int send(URI to, String event, String delivery, byte[] body, String with) {
        HttpRequest request = HttpRequest.newBuilder(to)
                .header("Content-Type", "application/json")
                .header("X-GitHub-Event", event)
                .header("X-GitHub-Delivery", delivery)
                .header("X-Hub-Signature-256", "sha256=" + hmac(body, with))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private static String hmac(byte[] body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
