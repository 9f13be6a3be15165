package io.terrafleet.runner.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.runner.Claim;
import io.terrafleet.contracts.runner.ClaimRequest;
import io.terrafleet.contracts.runner.HeartbeatAnswer;
import io.terrafleet.contracts.runner.LastWord;
import io.terrafleet.contracts.runner.RunArtifact;
import io.terrafleet.contracts.runner.RunnerPaths;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The api-service as a runner sees it. Safe for use by several threads. */
public final class Platform {
    private static final Duration SHORT = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final int LONGEST_ANSWER = 32 << 20;
    private static final int DOWNLOAD_TRIES = 3;

    private final HttpClient http;
    private final Patience patience;

    public Platform(HttpClient http, Patience patience) {
        this.http = http;
        this.patience = patience;
    }

    /** @throws IOException when the platform could not be reached or answered nonsense */
    public Claiming claim(URI api, JobId job, String claimToken, ClaimRequest wish) throws IOException {
        HttpRequest request = request(api, RunnerPaths.claim(job), claimToken)
                .POST(BodyPublishers.ofByteArray(Json.write(wish)))
                .header("Content-Type", "application/json")
                .build();
        HttpResponse<InputStream> answer = patience.send(http, request, BodyHandlers.ofInputStream());
        byte[] body = read(answer);
        return switch (answer.statusCode()) {
            case 200, 201 -> {
                Claim claim = Json.mapper().readValue(body, Claim.class);
                yield new Claiming.Won(claim, new Lease(api, job, claim.leaseToken(), claim.fence()));
            }
            case 409 -> new Claiming.Taken();
            case 401, 403, 404, 410 -> new Claiming.Unwanted();
            default -> throw refused("the claim", answer.statusCode(), body);
        };
    }

    public HeartbeatAnswer.Order heartbeat(Lease lease) throws IOException, Fenced {
        HttpRequest request = write(lease, RunnerPaths.heartbeat(lease.job()))
                .POST(BodyPublishers.ofString("{}"))
                .header("Content-Type", "application/json")
                .build();
        byte[] body = accepted("the heartbeat", patience.send(http, request, BodyHandlers.ofInputStream()));
        return Json.mapper().readValue(body, HeartbeatAnswer.class).order();
    }

    /** @return whether there is one; {@code target} is written only then */
    public boolean configuration(Lease lease, Path target, long mostBytes) throws IOException, Fenced {
        return download(lease, RunnerPaths.configuration(lease.job()), target, mostBytes);
    }

    public boolean state(Lease lease, Path target, long mostBytes) throws IOException, Fenced {
        return download(lease, RunnerPaths.state(lease.job()), target, mostBytes);
    }

    public boolean artifact(Lease lease, RunArtifact kind, Path target, long mostBytes) throws IOException, Fenced {
        return download(lease, RunnerPaths.artifact(lease.job(), kind), target, mostBytes);
    }

    /** @param sha256 of the file, hexadecimal */
    public void upload(Lease lease, RunArtifact kind, Path file, String sha256) throws IOException, Fenced {
        HttpRequest request = write(lease, RunnerPaths.artifact(lease.job(), kind))
                .PUT(file(file))
                .header("Content-Type", "application/octet-stream")
                .header(RunnerPaths.SHA256_HEADER, sha256)
                .timeout(LONG)
                .build();
        accepted("the " + kind.word(), patience.send(http, request, BodyHandlers.ofInputStream()));
    }

    /** @param state as terraform wrote it */
    public void sendState(Lease lease, byte[] state) throws IOException, Fenced {
        HttpRequest request = write(lease, RunnerPaths.state(lease.job()))
                .POST(BodyPublishers.ofByteArray(state))
                .header("Content-Type", "application/json")
                .timeout(LONG)
                .build();
        accepted("the state", patience.send(http, request, BodyHandlers.ofInputStream()));
    }

    /** @return the offset that the platform wants next; not {@code offset + chunk.length} when it already had something else */
    public long sendLog(Lease lease, long offset, byte[] chunk) throws IOException, Fenced {
        HttpRequest request = write(lease, RunnerPaths.log(lease.job(), offset))
                .POST(BodyPublishers.ofByteArray(chunk))
                .header("Content-Type", "application/octet-stream")
                .build();
        HttpResponse<InputStream> answer = patience.send(http, request, BodyHandlers.ofInputStream());
        byte[] body = read(answer);
        long next = answer.statusCode() == 409 || answer.statusCode() < 300 ? next(body) : -1;
        if (answer.statusCode() == 409 && next >= 0) {
            return next;
        }
        require("the log", answer.statusCode(), body);
        return next >= 0 ? next : offset + chunk.length;
    }

    public void report(Lease lease, LastWord word) throws IOException, Fenced {
        HttpRequest request = write(lease, RunnerPaths.result(lease.job()))
                .POST(BodyPublishers.ofByteArray(Json.write(word)))
                .header("Content-Type", "application/json")
                .build();
        accepted("the result", patience.send(http, request, BodyHandlers.ofInputStream()));
    }

    private boolean download(Lease lease, String path, Path target, long mostBytes) throws IOException, Fenced {
        for (int tries = 1; ; tries++) {
            try {
                return downloadOnce(lease, path, target, mostBytes);
            } catch (Broken broken) {
                if (tries == DOWNLOAD_TRIES) {
                    throw broken;
                }
            }
        }
    }

    private boolean downloadOnce(Lease lease, String path, Path target, long mostBytes) throws IOException, Fenced {
        HttpRequest request = write(lease, path).GET().timeout(LONG).build();
        HttpResponse<InputStream> answer = patience.send(http, request, BodyHandlers.ofInputStream());
        if (answer.statusCode() == 204 || answer.statusCode() == 404) {
            read(answer);
            return false;
        }
        if (answer.statusCode() != 200) {
            accepted(path, answer);
        }
        try (InputStream in = answer.body();
                OutputStream out = Files.newOutputStream(target)) {
            copy(in, new Bounded(out, mostBytes, path), path);
        }
        return true;
    }

    private static void copy(InputStream in, Bounded out, String what) throws IOException {
        byte[] buffer = new byte[1 << 16];
        while (true) {
            int length;
            try {
                length = in.read(buffer);
            } catch (IOException e) {
                throw new Broken(what + " broke off: " + e.getMessage(), e);
            }
            if (length < 0) {
                return;
            }
            out.write(buffer, 0, length);
        }
    }

    /** A download ended too early; it may be tried again. */
    private static final class Broken extends IOException {
        Broken(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private static HttpRequest.Builder write(Lease lease, String path) {
        return request(lease.api(), path, lease.token()).header(RunnerPaths.FENCE_HEADER, Long.toString(lease.fence()));
    }

    private static HttpRequest.Builder request(URI api, String path, String token) {
        String base = api.toString();
        return HttpRequest.newBuilder(
                        URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path))
                .timeout(SHORT)
                .header("Authorization", "Bearer " + token);
    }

    private static BodyPublisher file(Path file) throws FileNotFoundException {
        return BodyPublishers.ofFile(file);
    }

    private static byte[] accepted(String what, HttpResponse<InputStream> answer) throws IOException, Fenced {
        byte[] body = read(answer);
        require(what, answer.statusCode(), body);
        return body;
    }

    private static void require(String what, int status, byte[] body) throws IOException, Fenced {
        if (status >= 200 && status < 300) {
            return;
        }
        switch (status) {
            case 401, 403, 404, 409, 410 -> throw new Fenced("the platform answered " + status + " to " + what);
            default -> throw refused(what, status, body);
        }
    }

    private static Refused refused(String what, int status, byte[] body) {
        String said = new String(body, 0, Math.min(body.length, 300), StandardCharsets.UTF_8);
        return new Refused(status, "the platform refused " + what + " (" + status + "): " + said);
    }

    private static byte[] read(HttpResponse<InputStream> answer) throws IOException {
        try (InputStream body = answer.body()) {
            return body.readNBytes(LONGEST_ANSWER);
        }
    }

    private static long next(byte[] body) throws IOException {
        try {
            return body.length == 0
                    ? -1
                    : Json.mapper().readTree(body).path("next").asLong(-1);
        } catch (JsonProcessingException notOurs) {
            return -1;
        }
    }
}
