package io.terrafleet.standalone.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.terrafleet.contracts.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The wire: JSON:API documents with a token, blobs without one. */
final class TfeHttp implements AutoCloseable {
    private static final String JSON_API = "application/vnd.api+json";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final URI api;
    private final String token;

    TfeHttp(URI platform, String token) {
        this.api = platform.resolve("/api/v2/");
        this.token = token;
    }

    /** @param path relative to {@code /api/v2/} */
    JsonNode get(String path) {
        return document(path, "GET", BodyPublishers.noBody());
    }

    JsonNode send(String method, String path, Object body) {
        return document(path, method, BodyPublishers.ofByteArray(Json.write(body)));
    }

    JsonNode upload(String path, byte[] body) {
        return read(answer(
                authorized(api.resolve(path))
                        .header("Content-Type", "application/octet-stream")
                        .PUT(BodyPublishers.ofByteArray(body))
                        .build(),
                "PUT " + path));
    }

    /** To a capability URL: its secret is in the path. */
    void putBlob(URI url, byte[] body) {
        answer(
                HttpRequest.newBuilder(api.resolve(url))
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/octet-stream")
                        .PUT(BodyPublishers.ofByteArray(body))
                        .build(),
                "PUT of an upload");
    }

    byte[] getBlob(URI url) {
        return answer(HttpRequest.newBuilder(api.resolve(url)).timeout(PATIENCE).build(), "GET of a blob");
    }

    /** A blob that only the token opens. */
    byte[] download(URI url) {
        return answer(
                authorized(api.resolve(url))
                        .setHeader("Accept", "application/json")
                        .build(),
                "GET of a download");
    }

    @Override
    public void close() {
        http.close();
    }

    private JsonNode document(String path, String method, BodyPublisher body) {
        return read(answer(
                authorized(api.resolve(path))
                        .header("Content-Type", JSON_API)
                        .method(method, body)
                        .build(),
                method + " " + path));
    }

    private HttpRequest.Builder authorized(URI uri) {
        return HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("Accept", JSON_API);
    }

    private byte[] answer(HttpRequest request, String call) {
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            if (response.statusCode() >= 400) {
                throw new ApiFailure(
                        response.statusCode(),
                        call + " was answered " + response.statusCode() + words(response.body()));
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(call + " got no answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during " + call, e);
        }
    }

    private static JsonNode read(byte[] body) {
        if (body.length == 0) {
            return MissingNode.getInstance();
        }
        try {
            return Json.mapper().readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException("the API answered something that is not JSON", e);
        }
    }

    /** The titles and details of a JSON:API error document, or the beginning of whatever came instead. */
    private static String words(byte[] body) {
        try {
            JsonNode errors = Json.mapper().readTree(body).path("errors");
            return StreamSupport.stream(errors.spliterator(), false)
                    .map(error -> ": " + error.path("title").asText() + " — "
                            + error.path("detail").asText())
                    .collect(Collectors.joining());
        } catch (IOException e) {
            String text = new String(body, StandardCharsets.UTF_8);
            return ": " + text.substring(0, Math.min(200, text.length()));
        }
    }
}
