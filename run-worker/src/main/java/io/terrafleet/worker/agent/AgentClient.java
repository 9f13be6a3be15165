package io.terrafleet.worker.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Json;
import io.terrafleet.worker.job.JobSpec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Speaks the agents' protocol of the api-service. */
final class AgentClient implements AutoCloseable {
    private static final int WAIT_SECONDS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(WAIT_SECONDS + 20);

    private final URI api;
    private final String token;
    private final InstantSource clock;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    AgentClient(URI api, String token, InstantSource clock) {
        this.api = api;
        this.token = token;
        this.clock = clock;
    }

    /** The platform does not know the agent any more. */
    static final class Forgotten extends Exception {
        Forgotten() {
            super("the platform does not know this agent any more");
        }
    }

    /** @return the agent's id */
    String register(String name) throws IOException, InterruptedException {
        HttpResponse<String> answer = post("/api/agent/v1/agents", Map.of("name", name));
        if (answer.statusCode() != 201) {
            throw refused(answer);
        }
        return Json.mapper().readTree(answer.body()).path("id").asText();
    }

    /** The next job; empty when there was none for a while. */
    Optional<JobSpec> next(String agent) throws IOException, InterruptedException, Forgotten {
        HttpResponse<String> answer =
                post("/api/agent/v1/agents/" + agent + "/jobs", Map.of("wait-seconds", WAIT_SECONDS));
        return switch (answer.statusCode()) {
            case 200 -> Optional.of(spec(Json.mapper().readTree(answer.body())));
            case 204 -> Optional.empty();
            case 404 -> throw new Forgotten();
            default -> throw refused(answer);
        };
    }

    void exit(String agent) throws IOException, InterruptedException {
        http.send(request("/api/agent/v1/agents/" + agent).DELETE().build(), HttpResponse.BodyHandlers.discarding());
    }

    private JobSpec spec(JsonNode job) {
        return new JobSpec(
                JobId.of(job.path("job").asText()),
                job.path("organization").asText(),
                job.path("workspace").asText(),
                job.path("engine").asText(),
                job.path("version").asText(),
                URI.create(job.path("api").asText()),
                job.path("speculative").asBoolean(),
                clock.instant(),
                Instant.parse(job.path("claim-before").asText()));
    }

    private HttpResponse<String> post(String path, Map<String, Object> body) throws IOException, InterruptedException {
        return http.send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(body)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(api.resolve(path)).timeout(PATIENCE).header("Authorization", "Bearer " + token);
    }

    private static IOException refused(HttpResponse<String> answer) {
        return new IOException("the platform answered with HTTP " + answer.statusCode()
                + (answer.statusCode() == 401 ? ": is terrafleet.worker.agent.token a token of an agent pool?" : ""));
    }

    @Override
    public void close() {
        http.close();
    }
}
