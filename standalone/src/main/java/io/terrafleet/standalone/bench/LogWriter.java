package io.terrafleet.standalone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.runner.Claim;
import io.terrafleet.contracts.runner.ClaimRequest;
import io.terrafleet.contracts.runner.LastWord;
import io.terrafleet.contracts.runner.PhaseResult;
import io.terrafleet.contracts.runner.RunnerPaths;
import io.terrafleet.standalone.platform.PlatformUnusable;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A runner that runs nothing and only writes its log, with the lease of a job that an agent pool's agent was given. */
final class LogWriter implements AutoCloseable {
    private static final String JSON = "application/json";
    private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int ASKED = 10;

    private final Wire wire;
    private final Claim claim;
    private long offset;
    private long heard = System.nanoTime();

    /** Becomes an agent of the pool, takes its next job and claims it. */
    LogWriter(URI platform, String agentToken) {
        this.wire = new Wire(platform);
        Map<String, String> agent = bearer(agentToken);
        String id = read(answer("/api/agent/v1/agents", agent, Map.of("name", "bench"), 201), JsonNode.class)
                .path("id")
                .asText();
        JsonNode job = job(agent, "/api/agent/v1/agents/" + id + "/jobs");
        JobId jobId = JobId.of(job.path("job").asText());
        ClaimRequest request = new ClaimRequest("bench", job.path("version").asText(), "the benchmark's own process");
        this.claim = read(
                answer(RunnerPaths.claim(jobId), bearer(job.path("claim-token").asText()), request, 200), Claim.class);
    }

    private JsonNode job(Map<String, String> agent, String path) {
        for (int asked = 0; asked < ASKED; asked++) {
            int status = wire.post(path, agent, Json.write(Map.of("wait-seconds", 20)));
            if (status == 200) {
                return read(wire.answered(), JsonNode.class);
            }
        }
        throw new PlatformUnusable("the platform gave no job to the benchmark's agent");
    }

    /** Returns when the platform has taken it. */
    void write(byte[] piece) {
        int status = wire.post(RunnerPaths.log(claim.job(), offset), lease(), "application/octet-stream", piece);
        long next = read(wire.answered(), JsonNode.class).path("next").asLong(-1);
        if (status != 200 || next != offset + piece.length) {
            throw new PlatformUnusable(
                    "a piece of the log at " + offset + " was answered " + status + ", next " + next);
        }
        offset = next;
        if (System.nanoTime() - heard > HEARTBEAT_NANOS) {
            heard = System.nanoTime();
            answer(RunnerPaths.heartbeat(claim.job()), lease(), Map.of(), 200);
        }
    }

    /** The phase is over, and with it the log. */
    void end() {
        PhaseResult result = new PhaseResult.Failed("The benchmark has written its log.", Optional.empty(), true);
        answer(RunnerPaths.result(claim.job()), lease(), LastWord.of(result), 200);
    }

    private Map<String, String> lease() {
        return Map.of(
                "Authorization",
                "Bearer " + claim.leaseToken(),
                RunnerPaths.FENCE_HEADER,
                Long.toString(claim.fence()));
    }

    private static Map<String, String> bearer(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }

    private byte[] answer(String path, Map<String, String> headers, Object body, int wanted) {
        int status = wire.post(path, headers, JSON, Json.write(body));
        if (status != wanted) {
            throw new PlatformUnusable("POST " + path + " was answered " + status + ": "
                    + new String(wire.answered(), StandardCharsets.UTF_8));
        }
        return wire.answered();
    }

    private static <T> T read(byte[] json, Class<T> type) {
        try {
            return Json.mapper().readValue(json, type);
        } catch (IOException e) {
            throw new PlatformUnusable("the platform answered no " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        wire.close();
    }
}
