package io.terrafleet.api.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.terrafleet.api.vcs.VcsConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Limits of calls are kept, for all that is asked with the same token; and what was renamed is found at the same host and at no other. */
class HostCallsTest {
    private record Answer(int status, Map<String, String> headers) {}

    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile Map<String, Answer> answers = Map.of();
    private HttpServer server;
    private HostCalls calls;

    HostCallsTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        VcsConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(VcsConfig.class)
                .withDefaultValue("terrafleet.vcs.allow-private-addresses", "true")
                .build()
                .getConfigMapping(VcsConfig.class);
        calls = new HostCalls(config, () -> now);
    }

    @BeforeEach
    void start() {
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getPath();
            asked.add(exchange.getRequestMethod() + " " + path + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + body);
            Answer answer = answers.getOrDefault(path, new Answer(200, Map.of()));
            answer.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
            exchange.sendResponseHeaders(answer.status(), -1);
        }
    }

    private URI base() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    private HostApi api(String token) {
        return calls.api(base(), token);
    }

    private Optional<HostRefused> refusal(HostApi api, String path) {
        return Optional.ofNullable(catchThrowableOfType(HostRefused.class, () -> api.get(path)));
    }

    @Test
    void whoIsAskedToLeaveAHostAloneAsksItForNothingElse() {
        answers = Map.of("/much", new Answer(429, Map.of("Retry-After", "60")));
        assertThat(refusal(api("one"), "/much").flatMap(HostRefused::after)).contains(Duration.ofSeconds(60));
        HostRefused other = refusal(api("one"), "/other").orElseThrow();
        assertThat(other.reason()).contains("it answered 429 before", "60 s");
        assertThat(other.lasting()).isFalse();
        assertThat(other.after()).contains(Duration.ofSeconds(60));
        assertThat(asked).containsExactly("GET /much one");

        assertThat(refusal(api("two"), "/other")).isEmpty();
        now = now.plusSeconds(61);
        assertThat(refusal(api("one"), "/other")).isEmpty();
        assertThat(asked).containsExactly("GET /much one", "GET /other two", "GET /other one");
    }

    @Test
    void aSpentLimitIsLeftAloneUntilItIsLifted() {
        String lifted = Long.toString(now.plusSeconds(900).getEpochSecond());
        answers = Map.of("/much", new Answer(403, Map.of("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", lifted)));
        assertThat(refusal(api("one"), "/much")).isPresent();
        now = now.plusSeconds(899);
        assertThat(refusal(api("one"), "/other")).isPresent();
        now = now.plusSeconds(2);
        assertThat(refusal(api("one"), "/other")).isEmpty();
    }

    @Test
    void aRefusalForAnotherReasonHoldsNothingElseUp() {
        answers = Map.of("/forbidden", new Answer(403, Map.of()), "/gone", new Answer(404, Map.of()));
        assertThat(refusal(api("one"), "/forbidden")).isPresent();
        assertThat(refusal(api("one"), "/gone")).isPresent();
        assertThat(refusal(api("one"), "/other")).isEmpty();
    }

    @Test
    void whatWasRenamedIsAskedForWhereItIs() throws HostRefused {
        answers = Map.of(
                "/before", new Answer(301, Map.of("Location", "/now")),
                "/told", new Answer(307, Map.of("Location", base() + "/now")));
        assertThat(refusal(api("one"), "/before")).isEmpty();
        api("one").post("/told", Map.of("a", 1));
        assertThat(asked)
                .containsExactly(
                        "GET /before one", "GET /now one", "POST /told one{\"a\":1}", "POST /now one{\"a\":1}");
    }

    @Test
    void noOtherHostIsShownTheTokenAndNoCircleIsGoneRoundForEver() {
        URI other = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        answers = Map.of(
                "/away", new Answer(301, Map.of("Location", other + "/now")),
                "/round", new Answer(302, Map.of("Location", "/round")));
        assertThat(refusal(api("one"), "/away").map(HostRefused::status)).contains(301);
        assertThat(asked).containsExactly("GET /away one");
        assertThat(refusal(api("one"), "/round").map(HostRefused::status)).contains(302);
        assertThat(asked).hasSize(5);
    }
}
