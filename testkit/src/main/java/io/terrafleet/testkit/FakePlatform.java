package io.terrafleet.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.terrafleet.contracts.InternalKey;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.runner.Claim;
import io.terrafleet.contracts.runner.ClaimRequest;
import io.terrafleet.contracts.runner.HeartbeatAnswer;
import io.terrafleet.contracts.runner.LastWord;
import io.terrafleet.contracts.runner.PhaseResult;
import io.terrafleet.contracts.runner.RunArtifact;
import io.terrafleet.contracts.runner.RunnerPaths;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The server side of the runner's protocol, in memory, one job at a time, with weather. */
public final class FakePlatform implements AutoCloseable {
    /** The key that claim tokens come from. */
    public static final String INTERNAL_KEY = "an internal key for tests, 32 characters or more";

    private static final InternalKey KEY = new InternalKey(INTERNAL_KEY);
    private static final String LEASE_TOKEN = "the-lease-token";

    private final int port;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private final Map<JobId, Claim> offered = new LinkedHashMap<>();
    private final Map<JobId, String> claimants = new LinkedHashMap<>();
    private final Map<String, byte[]> artifacts = new LinkedHashMap<>();
    private final List<byte[]> states = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private final Map<JobId, ByteArrayOutputStream> logs = new LinkedHashMap<>();
    private final Map<JobId, CompletableFuture<PhaseResult>> results = new LinkedHashMap<>();
    private byte[] configuration = {};
    private byte @Nullable [] state;
    private HeartbeatAnswer.Order order = HeartbeatAnswer.Order.GO_ON;
    private int fencedWith;
    private int refuseStateWith;
    private int loseClaimAnswers;
    private int wrongLogOffsets;
    private boolean held;

    public FakePlatform() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        port = server.getAddress().getPort();
        begin();
    }

    private void begin() {
        server.setExecutor(threads);
        server.createContext("/api/runner/v1/jobs/", this::handle);
        server.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** What a runner shows to claim the job. */
    public static String claimToken(JobId job) {
        return KEY.claimToken(job);
    }

    // What the test says.

    public synchronized FakePlatform offer(Claim claim) {
        offered.put(claim.job(), claim);
        return this;
    }

    public synchronized FakePlatform configuration(byte[] tarGz) {
        configuration = tarGz;
        return this;
    }

    public synchronized FakePlatform state(byte[] tfstate) {
        state = tfstate;
        return this;
    }

    public synchronized void order(HeartbeatAnswer.Order wish) {
        order = wish;
    }

    public synchronized void fence(int status) {
        fencedWith = status;
    }

    public synchronized void refuseState(int status) {
        refuseStateWith = status;
    }

    public synchronized void loseClaimAnswers(int times) {
        loseClaimAnswers = times;
    }

    public synchronized void wrongLogOffsets(int times) {
        wrongLogOffsets = times;
    }

    /** The configuration is not handed out until this is taken back. */
    public synchronized void holdConfiguration(boolean now) {
        held = now;
    }

    public synchronized void artifact(RunArtifact kind, byte[] content) {
        artifacts.put(kind.word(), content);
    }

    /** Nobody listens any more. */
    public void stop() {
        server.stop(0);
    }

    public void restart() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        begin();
    }

    // What the test asks.

    public PhaseResult result(JobId job) throws Exception {
        return resultOf(job).get(60, TimeUnit.SECONDS);
    }

    /** Whether a runner has claimed it. */
    public synchronized boolean isClaimed(JobId job) {
        return claimants.containsKey(job);
    }

    public synchronized boolean hasResult(JobId job) {
        return resultOf(job).isDone();
    }

    private synchronized CompletableFuture<PhaseResult> resultOf(JobId job) {
        return results.computeIfAbsent(job, absent -> new CompletableFuture<>());
    }

    public synchronized String log(JobId job) {
        return logs.getOrDefault(job, new ByteArrayOutputStream()).toString(StandardCharsets.UTF_8);
    }

    public synchronized List<String> states() {
        return states.stream()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .toList();
    }

    public synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    public synchronized Optional<byte[]> artifact(RunArtifact kind) {
        return Optional.ofNullable(artifacts.get(kind.word()));
    }

    // The protocol.

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Answer answer = answer(exchange, body);
            if (answer.status() == Answer.LOST) {
                return;
            }
            exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
            if (answer.body().length > 0) {
                exchange.getResponseBody().write(answer.body());
            }
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Answer(int status, byte[] body) {
        static final int LOST = 0;

        static Answer of(int status) {
            return new Answer(status, new byte[0]);
        }
    }

    private synchronized Answer answer(HttpExchange exchange, byte[] body) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/");
        JobId job = JobId.of(path[5]);
        String verb = path[6];
        requests.add(exchange.getRequestMethod() + " " + verb + (path.length > 7 ? "/" + path[7] : ""));
        String token = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        Claim claim = offered.get(job);
        if (claim == null) {
            return Answer.of(410);
        }
        if (verb.equals("claim")) {
            return token.equals("Bearer " + KEY.claimToken(job)) ? claim(claim, body) : Answer.of(401);
        }
        if (fencedWith != 0) {
            return Answer.of(fencedWith);
        }
        boolean ours = token.equals("Bearer " + LEASE_TOKEN)
                && Long.toString(claim.fence())
                        .equals(exchange.getRequestHeaders().getFirst(RunnerPaths.FENCE_HEADER));
        if (!ours) {
            return Answer.of(409);
        }
        return switch (exchange.getRequestMethod() + " " + verb) {
            case "POST heartbeat" -> new Answer(200, Json.write(new HeartbeatAnswer(order)));
            case "GET configuration" -> held ? Answer.of(503) : new Answer(200, configuration);
            case "GET state" -> state == null ? Answer.of(204) : new Answer(200, state);
            case "POST state" -> takeState(body);
            case "POST log" -> takeLog(job, exchange.getRequestURI().getQuery(), body);
            case "PUT artifacts" -> takeArtifact(exchange, path[7], body);
            case "GET artifacts" ->
                artifacts.containsKey(path[7]) ? new Answer(200, artifacts.get(path[7])) : Answer.of(404);
            case "POST result" -> takeLastWord(job, Json.mapper().readValue(body, LastWord.class));
            default -> Answer.of(405);
        };
    }

    private Answer claim(Claim claim, byte[] body) throws IOException {
        ClaimRequest wish = Json.mapper().readValue(body, ClaimRequest.class);
        String owner = claimants.computeIfAbsent(claim.job(), free -> wish.claimant());
        if (!owner.equals(wish.claimant())) {
            return Answer.of(409);
        }
        if (loseClaimAnswers-- > 0) {
            return Answer.of(Answer.LOST);
        }
        return new Answer(200, Json.write(claim));
    }

    /** All of it or nothing, as the platform does. */
    private Answer takeLastWord(JobId job, LastWord word) throws IOException {
        if (word.state().isPresent()) {
            Answer answer = takeState(word.state().get());
            if (answer.status() >= 300) {
                return answer;
            }
        }
        word.log().ifPresent(tail -> takeLog(job, "offset=" + tail.offset(), tail.content()));
        if (word.result() instanceof PhaseResult.Planned planned) {
            planned.enclosed().ifPresent(enclosed -> artifacts.putAll(enclosed.files()));
        }
        resultOf(job).complete(word.result());
        return Answer.of(204);
    }

    private Answer takeState(byte[] body) throws IOException {
        if (refuseStateWith != 0) {
            return new Answer(refuseStateWith, "no".getBytes(StandardCharsets.UTF_8));
        }
        Json.mapper().readTree(body);
        states.add(body);
        state = body;
        return Answer.of(200);
    }

    private Answer takeLog(JobId job, String query, byte[] body) {
        long offset = Long.parseLong(query.substring("offset=".length()));
        ByteArrayOutputStream log = logs.computeIfAbsent(job, absent -> new ByteArrayOutputStream());
        if (offset != log.size()) {
            return new Answer(409, ("{\"next\":" + log.size() + "}").getBytes(StandardCharsets.UTF_8));
        }
        log.writeBytes(body);
        if (wrongLogOffsets-- > 0) {
            return Answer.of(Answer.LOST);
        }
        return new Answer(200, ("{\"next\":" + log.size() + "}").getBytes(StandardCharsets.UTF_8));
    }

    private Answer takeArtifact(HttpExchange exchange, String kind, byte[] body) {
        if (!sha256(body).equals(exchange.getRequestHeaders().getFirst(RunnerPaths.SHA256_HEADER))) {
            return Answer.of(422);
        }
        artifacts.put(RunArtifact.of(kind).word(), body);
        return Answer.of(201);
    }

    public static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Claim claim(JobId job) {
        return Json.mapper()
                .convertValue(
                        Map.ofEntries(
                                Map.entry("job", job.toString()),
                                Map.entry("leaseToken", LEASE_TOKEN),
                                Map.entry("fence", 7),
                                Map.entry("heartbeatEvery", "PT0.2S"),
                                Map.entry("organization", "acme"),
                                Map.entry("workspaceName", "shop"),
                                Map.entry("engine", "terraform"),
                                Map.entry("workingDirectory", ""),
                                Map.entry(
                                        "options",
                                        new Claim.Options(false, true, false, List.of(), List.of(), false, false)),
                                Map.entry("variables", List.of()),
                                Map.entry("hasState", true),
                                Map.entry("timeout", "PT2M"),
                                Map.entry("coolOff", "PT5S"),
                                Map.entry("logLimitBytes", 1_000_000)),
                        Claim.class);
    }

    @Override
    public void close() {
        try {
            stop();
            threads.close();
        } catch (RuntimeException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
