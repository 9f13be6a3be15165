package io.terrafleet.worker.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.event.ToolBuild;
import io.terrafleet.testkit.Await;
import io.terrafleet.worker.job.Executor;
import io.terrafleet.worker.job.JobReporter;
import io.terrafleet.worker.job.JobSpec;
import io.terrafleet.worker.job.Jobs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class AgentLoopTest {
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
    private static final String JOB =
            """
            {"job":"run-CZcmD7eagjhyX0vN-plan-1","claim-token":"x","organization":"acme","workspace":"web","engine":"terraform",
            "version":"1.11.4","speculative":false,"api":"http://localhost:1","claim-before":"2026-11-26T10:02:00Z",
            "builds":[{"os":"linux","arch":"amd64","url":"https://tools.example/t.zip","sha256":"00"}]}""";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> jobs = new LinkedBlockingQueue<>();
    private final List<JobSpec> launched = new CopyOnWriteArrayList<>();
    private final AtomicInteger lostTries = new AtomicInteger(1);
    private volatile int answer = 201;
    private volatile boolean forgotten;
    private volatile boolean room = true;
    private volatile boolean unlaunchable;
    private HttpServer platform;
    private AgentClient client;

    @BeforeEach
    void startPlatform() throws IOException {
        platform = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        platform.createContext("/api/agent/v1/agents", this::serve);
        platform.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        platform.start();
    }

    @AfterEach
    void stopPlatform() {
        platform.stop(0);
        if (client != null) {
            client.close();
        }
    }

    /** Registers, hands out what is in the queue, and waits a moment when there is nothing, as the platform does. */
    private void serve(HttpExchange exchange) throws IOException {
        String what =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        asked.add(what + " " + exchange.getRequestHeaders().getFirst("Authorization"));
        said.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        if (what.equals("POST /api/agent/v1/agents")) {
            forgotten = false;
            answer(exchange, answer, "{\"id\":\"agent-1\",\"pool\":\"apool-1\"}");
        } else if (what.startsWith("DELETE")) {
            answer(exchange, 204, "");
        } else if (what.endsWith("/lost")) {
            answer(exchange, lostTries.getAndDecrement() > 0 ? 503 : 204, "");
        } else if (answer == 401) {
            answer(exchange, 401, "");
        } else if (forgotten) {
            answer(exchange, 404, "");
        } else {
            String job = waited();
            answer(exchange, job == null ? 204 : 200, job == null ? "" : job);
        }
        exchange.close();
    }

    private @org.jspecify.annotations.Nullable String waited() {
        try {
            return jobs.poll(200, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private AgentLoop loop() throws IOException {
        Executor executor = new Executor() {
            @Override
            public Launch launch(JobSpec spec) {
                if (unlaunchable) {
                    throw new LaunchFailed("the disk is full", new IOException());
                }
                launched.add(spec);
                return Launch.LAUNCHED;
            }

            @Override
            public void kill(JobId job, String reason) {}

            @Override
            public void recover() {}

            @Override
            public void close() {}
        };
        client = new AgentClient(
                URI.create("http://127.0.0.1:" + platform.getAddress().getPort()),
                "tfl.secret",
                directory.resolve("agent-id"),
                () -> NOW);
        JobReporter reporter =
                new JobReporter(new AgentVoice(client, Duration.ofMillis(20)), () -> NOW, "here", Duration.ZERO);
        return new AgentLoop(
                client, "host-1", Duration.ofMillis(20), new Jobs(executor, reporter, () -> NOW), most -> room);
    }

    @Test
    void anAgentRunsTheJobsOfItsPoolAndSaysGoodBye() throws IOException {
        jobs.add(JOB);
        try (AgentLoop loop = loop()) {
            loop.start();
            Await.until("the job", PATIENCE, () -> launched.size() == 1);
        }
        JobSpec spec = launched.getFirst();
        assertThat(spec.job()).isEqualTo(JobId.of("run-CZcmD7eagjhyX0vN-plan-1"));
        assertThat(spec.workspaceName()).isEqualTo("web");
        assertThat(spec.version()).isEqualTo("1.11.4");
        assertThat(spec.claimToken()).contains("x");
        assertThat(spec.builds().orElseThrow())
                .containsExactly(new ToolBuild("linux", "amd64", URI.create("https://tools.example/t.zip"), "00"));
        assertThat(spec.api()).as("the address that the agent reaches").hasHost("127.0.0.1");
        assertThat(asked).first().isEqualTo("POST /api/agent/v1/agents Bearer tfl.secret");
        assertThat(asked).last().isEqualTo("DELETE /api/agent/v1/agents/agent-1 Bearer tfl.secret");
    }

    @Test
    void whoIsForgottenRegistersAgain() throws IOException {
        try (AgentLoop loop = loop()) {
            loop.start();
            Await.until("the first asking", PATIENCE, () -> asked.size() >= 2);
            forgotten = true;
            Await.until("another registration", PATIENCE, () -> registrations() == 2);
        }
    }

    @Test
    void aPlatformThatIsAwayIsAskedAgain() throws IOException {
        answer = 503;
        try (AgentLoop loop = loop()) {
            loop.start();
            Await.until("several tries", PATIENCE, () -> registrations() >= 3);
            answer = 201;
            Await.until("an asking", PATIENCE, () -> asked.stream().anyMatch(what -> what.contains("/jobs")));
        }
    }

    @Test
    void whoStartsAgainIsTheSameAgent() throws IOException {
        for (int life = 0; life < 2; life++) {
            int before = asked.size();
            AgentLoop loop = loop();
            loop.start();
            Await.until("an asking", PATIENCE, () -> asked.stream()
                    .skip(before)
                    .anyMatch(what -> what.contains("POST /api/agent/v1/agents/agent-1/jobs")));
            loop.close();
        }
        assertThat(registrations()).isEqualTo(1);
        assertThat(client.registration()).contains(new AgentClient.Registration("agent-1", "apool-1"));
    }

    @Test
    void aFullAgentIsHeardAndGivenNothing() throws IOException {
        jobs.add(JOB);
        room = false;
        try (AgentLoop loop = loop()) {
            loop.start();
            Await.until(
                    "several pings",
                    PATIENCE,
                    () -> said.stream()
                                    .filter(body -> body.equals("{\"busy\":true}"))
                                    .count()
                            >= 3);
            assertThat(launched).isEmpty();
        }
    }

    @Test
    void aRevokedTokenEndsTheAsking() throws IOException {
        try (AgentLoop loop = loop()) {
            loop.start();
            Await.until("an asking", PATIENCE, () -> asked.stream().anyMatch(what -> what.contains("/jobs")));
            answer = 401;
            assertThat(loop.awaitEnd())
                    .hasValueSatisfying(why -> assertThat(why).contains("HTTP 401", "revoked"));
        }
    }

    @Test
    void whatCannotBeRunIsToldUntilItIsHeard() throws IOException {
        jobs.add(JOB);
        unlaunchable = true;
        try (AgentLoop loop = loop()) {
            loop.start();
            Await.until(
                    "the second telling",
                    PATIENCE,
                    () -> asked.stream()
                                    .filter(what -> what.contains("/run-CZcmD7eagjhyX0vN-plan-1/lost"))
                                    .count()
                            == 2);
        }
        assertThat(said).anyMatch(body -> body.contains("the disk is full"));
    }

    /** It is said in the log. */
    @Test
    void anAddressHoldsNoSecrets() {
        for (String url :
                List.of("https://me:secret@terrafleet.example.com", "terrafleet.example.com", "file:///etc")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new AgentProcess.Identity(URI.create(url), "x", "host-1", PATIENCE))
                    .withMessageNotContaining("secret");
        }
    }

    private long registrations() {
        return asked.stream()
                .filter(what -> what.startsWith("POST /api/agent/v1/agents "))
                .count();
    }
}
