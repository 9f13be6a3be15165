package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import io.terrafleet.standalone.client.Run;
import io.terrafleet.standalone.client.TfeClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** What somebody else does to a workspace meanwhile; workspaces by name. */
record CliCalls(URI platform, TfeClient api, HttpClient http) {
    void changeWorkspace(String name, String attribute, Object value) throws IOException, InterruptedException {
        send(
                "PATCH",
                "workspaces/" + id(name),
                Map.of("data", Map.of("type", "workspaces", "attributes", Map.of(attribute, value))));
    }

    /** @param action {@code lock} or {@code unlock} */
    void act(String name, String action) throws IOException, InterruptedException {
        send("POST", "workspaces/" + id(name) + "/actions/" + action, Map.of());
    }

    /** @return a token of a new site administrator */
    String newAdministrator(String name) throws IOException, InterruptedException {
        Map<String, Object> person = Map.of("username", name, "email", name + "@example.com", "is-admin", true);
        String id = send("POST", "admin/users", Map.of("data", Map.of("type", "users", "attributes", person)))
                .path("data")
                .path("id")
                .asText();
        Map<String, Object> token = Map.of("type", "authentication-tokens", "attributes", Map.of("description", name));
        return send("POST", "users/" + id + "/authentication-tokens", Map.of("data", token))
                .path("data")
                .path("attributes")
                .path("token")
                .asText();
    }

    Run latestRun(String name) {
        return api.runs(id(name)).getFirst();
    }

    String id(String name) {
        try {
            return send("GET", "organizations/" + CliPlatform.ORGANIZATION + "/workspaces/" + name, Map.of())
                    .path("data")
                    .path("id")
                    .asText();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** @return the status of a request that is not granted */
    int refused(String method, String path, Object body) throws IOException, InterruptedException {
        return answer(method, path, body).statusCode();
    }

    JsonNode send(String method, String path, Object body) throws IOException, InterruptedException {
        HttpResponse<String> response = answer(method, path, body);
        assertThat(response.statusCode())
                .as("%s %s: %s", method, path, response.body())
                .isLessThan(300);
        return Json.mapper().readTree(response.body());
    }

    private HttpResponse<String> answer(String method, String path, Object body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(platform.resolve("/api/v2/" + path))
                .header("Authorization", "Bearer " + TestPlatform.TOKEN)
                .header("Content-Type", "application/vnd.api+json")
                .method(
                        method,
                        method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(Json.write(body)))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }
}
