package io.terrafleet.standalone.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.terrafleet.contracts.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A run task as somebody else runs it: takes what it is sent and calls back with its verdict, by stage. */
final class TaskReceiver implements AutoCloseable {
    private final HttpServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> verdicts = new ConcurrentHashMap<>();
    private final List<Integer> answers = new CopyOnWriteArrayList<>();

    TaskReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/task", exchange -> {
            JsonNode asked = Json.mapper().readTree(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
            String stage = asked.path("stage").asText();
            if (!stage.equals("test")) {
                callBack(asked, verdicts.getOrDefault(stage, "passed"), "looked at it: " + stage);
            }
        });
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/task");
    }

    TaskReceiver says(String stage, String verdict) {
        verdicts.put(stage, verdict);
        return this;
    }

    /** Status codes with which its calls were taken. */
    List<Integer> answers() {
        return List.copyOf(answers);
    }

    private void callBack(JsonNode asked, String status, String message) throws IOException {
        Map<String, Object> result = Map.of(
                "data",
                Map.of(
                        "type",
                        "task-results",
                        "attributes",
                        Map.of("status", status, "message", message, "url", "https://tasks.example.com/1")));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(asked.path("task_result_callback_url").asText()))
                .header("Authorization", "Bearer " + asked.path("access_token").asText())
                .header("Content-Type", "application/vnd.api+json")
                .method("PATCH", BodyPublishers.ofByteArray(Json.write(result)))
                .build();
        try {
            answers.add(http.send(request, BodyHandlers.discarding()).statusCode());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        http.close();
    }
}
