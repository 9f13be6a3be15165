package io.terrafleet.worker.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.event.RunSize;
import io.terrafleet.contracts.event.ToolBuild;
import io.terrafleet.worker.job.JobSpec;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Speaks the agents' protocol of the api-service, with a token of the agent's pool and nothing else. */
final class AgentClient implements AutoCloseable {
    private static final int WAIT_SECONDS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(WAIT_SECONDS + 20);
    private static final int MOST_ANSWER = 1 << 20;

    private final URI api;
    private final String token;
    private final InstantSource clock;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final Path memory;
    private volatile @Nullable Registration registration;

    /**
     * As what the platform knows the agent.
     *
     * @param id the agent's
     * @param pool id of its pool
     */
    record Registration(String id, String pool) {}

    /**
     * @param api base URL of the platform; runners use the same
     * @param memory file with the agent's registration: who starts again is the same agent, and may speak for its jobs
     */
    AgentClient(URI api, String token, Path memory, InstantSource clock) throws IOException {
        this.api = api;
        this.token = token;
        this.memory = memory;
        this.clock = clock;
        this.registration = Files.exists(memory) ? remembered(Files.readString(memory)) : null;
    }

    /** The id, and on the next line the pool's. */
    private static Registration remembered(String text) {
        String[] lines = text.strip().split("\\s+", 2);
        return new Registration(lines[0], lines.length > 1 ? lines[1] : "");
    }

    /** The platform does not take the token; asking again cannot help. */
    static final class TokenRefused extends Exception {
        TokenRefused(int status) {
            super("the platform does not take the token (HTTP " + status
                    + "): it was revoked, has expired, or is no token of an agent pool");
        }
    }

    private record Answer(int status, String body) {}

    URI platform() {
        return api;
    }

    /** Empty as long as the platform does not know the agent. */
    Optional<Registration> registration() {
        return Optional.ofNullable(registration);
    }

    Registration register(String name) throws IOException, InterruptedException, TokenRefused {
        Answer answer = post("/api/agent/v1/agents", Map.of("name", name));
        if (answer.status() != 201) {
            throw unexpected(answer);
        }
        JsonNode given = Json.mapper().readTree(answer.body());
        Registration fresh =
                new Registration(given.path("id").asText(), given.path("pool").asText());
        Files.writeString(memory, fresh.id() + "\n" + fresh.pool());
        registration = fresh;
        return fresh;
    }

    /** The next job; empty when there was none for a while, or when the platform has forgotten the agent. */
    Optional<JobSpec> next() throws IOException, InterruptedException, TokenRefused {
        Answer answer = post(path("/jobs"), Map.of("wait-seconds", WAIT_SECONDS));
        return answered(answer) ? Optional.of(spec(Json.mapper().readTree(answer.body()))) : Optional.empty();
    }

    /** The agent is there and takes no more. */
    void busy() throws IOException, InterruptedException, TokenRefused {
        answered(post(path("/jobs"), Map.of("busy", true)));
    }

    /** The job cannot be run here, or its runner is gone. Once the platform has heard it, or waits for nothing, it is well. */
    void lost(JobId job, String message, boolean permanent) throws IOException, InterruptedException, TokenRefused {
        Answer answer = post(path("/jobs/" + job + "/lost"), Map.of("message", message, "permanent", permanent));
        if (answer.status() != 204 && answer.status() != 404) {
            throw unexpected(answer);
        }
    }

    void exit() throws IOException, InterruptedException {
        if (registration != null) {
            http.send(request(path("")).DELETE().build(), HttpResponse.BodyHandlers.discarding());
        }
    }

    /** @return whether there is something to read */
    private boolean answered(Answer answer) throws IOException {
        if (answer.status() == 404) {
            Files.deleteIfExists(memory);
            registration = null;
        } else if (answer.status() != 200 && answer.status() != 204) {
            throw unexpected(answer);
        }
        return answer.status() == 200;
    }

    private JobSpec spec(JsonNode job) throws IOException {
        try {
            return new JobSpec(
                    JobId.of(job.path("job").asText()),
                    job.path("organization").asText(),
                    job.path("workspace").asText(),
                    job.path("engine").asText(),
                    job.path("version").asText(),
                    api,
                    job.path("speculative").asBoolean(),
                    clock.instant(),
                    Instant.parse(job.path("claim-before").asText()),
                    builds(job.path("builds")),
                    Optional.of(job.path("claim-token").asText()),
                    number(job, "memory"),
                    size(job.path("size")));
        } catch (IllegalArgumentException | java.time.format.DateTimeParseException e) {
            throw new IOException("the platform gave a job that cannot be read: " + e.getMessage(), e);
        }
    }

    private static Optional<RunSize> size(JsonNode size) {
        return size.isObject()
                ? Optional.of(new RunSize(
                        number(size, "cpu-request"),
                        number(size, "cpu-limit"),
                        number(size, "memory-request"),
                        number(size, "memory-limit"),
                        number(size, "disk")))
                : Optional.empty();
    }

    private static Optional<Long> number(JsonNode json, String name) {
        return Optional.of(json.path(name)).filter(JsonNode::canConvertToLong).map(JsonNode::longValue);
    }

    private static Optional<List<ToolBuild>> builds(JsonNode list) {
        List<ToolBuild> builds = new ArrayList<>();
        list.forEach(build -> builds.add(new ToolBuild(
                build.path("os").asText(),
                build.path("arch").asText(),
                URI.create(build.path("url").asText()),
                build.path("sha256").asText())));
        return builds.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(builds));
    }

    private String path(String rest) throws IOException {
        Registration own = registration;
        if (own == null) {
            throw new IOException("the agent is not registered");
        }
        return "/api/agent/v1/agents/" + own.id() + rest;
    }

    private Answer post(String path, Map<String, Object> body) throws IOException, InterruptedException, TokenRefused {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(body)))
                .build();
        HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream in = response.body()) {
            String text = new String(in.readNBytes(MOST_ANSWER), StandardCharsets.UTF_8);
            if (response.statusCode() == 401 || response.statusCode() == 403) {
                throw new TokenRefused(response.statusCode());
            }
            return new Answer(response.statusCode(), text);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(api.resolve(path)).timeout(PATIENCE).header("Authorization", "Bearer " + token);
    }

    private static IOException unexpected(Answer answer) {
        return new IOException("the platform answered with HTTP " + answer.status());
    }

    @Override
    public void close() {
        http.close();
    }
}
