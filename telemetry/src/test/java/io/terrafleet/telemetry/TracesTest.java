package io.terrafleet.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Status;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.RunTrace;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.SpanReceiver;
import io.terrafleet.testkit.SpanReceiver.Received;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00.123Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final RunId RUN = new RunId("run-CZcmD7eagjhyX0vN");
    private static final JobId JOB = JobId.of(RUN + "-plan-1");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static Stretch planning() {
        return new Stretch(
                RUN,
                RunTrace.phase(JOB),
                Optional.of(RunTrace.root(RUN)),
                "planning",
                false,
                NOW.minusSeconds(3),
                NOW,
                Optional.of("errored"),
                Map.of("terrafleet.version", "1.11.4"));
    }

    private static Stretch taken(int number) {
        return new Stretch(
                RUN,
                RunTrace.span(RUN, "test " + number),
                Optional.of(RunTrace.root(RUN)),
                "take",
                true,
                NOW,
                NOW,
                Optional.empty(),
                Map.of());
    }

    private static Stretch whole() {
        return new Stretch(
                RUN,
                RunTrace.root(RUN),
                Optional.empty(),
                "run",
                false,
                NOW.minusSeconds(9),
                NOW,
                Optional.empty(),
                Map.of());
    }

    @Test
    void whatServicesTellOfARunIsOneTrace() throws IOException {
        try (SpanReceiver receiver = new SpanReceiver();
                Traces api = Traces.of("api-service", Optional.of(receiver.base()), Optional.empty(), CLOCK);
                Traces policy = Traces.of(
                        "policy-service", Optional.of(receiver.base().resolve("/")), Optional.empty(), CLOCK)) {
            api.tell(planning());
            policy.tell(taken(1));
            api.tell(whole());
            Await.until("three spans", PATIENCE, () -> receiver.all().size() == 3);

            List<Received> spans = receiver.of(RunTrace.trace(RUN));
            assertThat(spans).hasSize(3);
            Received planning = named(spans, "planning");
            assertThat(planning.service()).isEqualTo("api-service");
            assertThat(planning.id()).isEqualTo(RunTrace.phase(JOB));
            assertThat(planning.span().getEndTimeUnixNano() - planning.span().getStartTimeUnixNano())
                    .isEqualTo(3_000_000_000L);
            assertThat(planning.span().getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
            assertThat(planning.attribute("terrafleet.run")).isEqualTo(RUN.value());
            assertThat(planning.attribute("terrafleet.version")).isEqualTo("1.11.4");
            assertThat(named(spans, "take").service()).isEqualTo("policy-service");
            assertThat(named(spans, "run").parent()).isEmpty();
            assertThat(spans).filteredOn(each -> !each.name().equals("run")).allSatisfy(each -> assertThat(
                            each.parent())
                    .isEqualTo(named(spans, "run").id()));
        }
    }

    private static Received named(List<Received> spans, String name) {
        return spans.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatWaitsIsSentAtTheEnd() throws IOException {
        try (SpanReceiver receiver = new SpanReceiver()) {
            Traces traces = Traces.of("api-service", Optional.of(receiver.base()), Optional.empty(), CLOCK);
            traces.tell(whole());
            traces.close();
            assertThat(receiver.all()).hasSize(1);
        }
    }

    @Test
    void aCollectorGetsTheHeadersThatItWants() throws IOException {
        try (SpanReceiver receiver = new SpanReceiver()) {
            Traces traces = Traces.of(
                    "api-service",
                    Optional.of(receiver.base()),
                    Optional.of(List.of("X-Api-Key=s3cret=with more", "X-Team=platform")),
                    CLOCK);
            traces.tell(whole());
            traces.close();
            assertThat(receiver.header("x-api-key")).contains("s3cret=with more");
            assertThat(receiver.header("x-team")).contains("platform");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret", "=s3cret", "A B=s3cret", "A=s3cret\nB: c", "A="})
    void whatIsNoHeaderIsRefusedAndNotRepeated(String header) {
        assertThatThrownBy(() -> Traces.of("api-service", Optional.empty(), Optional.of(List.of("X=y", header)), CLOCK))
                .hasMessageContaining("terrafleet.trace.headers: entry 2 is not Name=value")
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    void withoutAnAddressNothingHappens() {
        try (Traces traces = Traces.of("api-service", Optional.empty(), Optional.empty(), CLOCK)) {
            traces.tell(whole());
            assertThat(traces.isOn()).isFalse();
        }
    }

    @Test
    @Timeout(60)
    void aCollectorThatIsAwayHoldsNobodyUp() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Traces traces =
                Traces.of("api-service", Optional.of(URI.create("http://localhost:" + port)), Optional.empty(), CLOCK);
        for (int i = 0; i < 20_000; i++) {
            traces.tell(taken(i));
        }
        traces.close();
    }

    /** It takes the first batch and nothing more: what is told meanwhile waits, up to a bound. */
    @Test
    @Timeout(60)
    void whatACollectorDoesNotTakeInTimeIsDropped() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        AtomicInteger spans = new AtomicInteger();
        HttpServer slow = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        slow.createContext("/v1/traces", exchange -> {
            try (exchange) {
                ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
                asked.countDown();
                free.await();
                spans.addAndGet(request.getResourceSpans(0).getScopeSpans(0).getSpansCount());
                exchange.sendResponseHeaders(200, -1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        slow.start();
        try (Traces traces = Traces.of(
                "api-service",
                Optional.of(URI.create("http://localhost:" + slow.getAddress().getPort())),
                Optional.empty(),
                CLOCK)) {
            traces.tell(taken(0));
            asked.await();
            for (int i = 1; i <= 20_000; i++) {
                traces.tell(taken(i));
            }
            free.countDown();
            Await.until("what had room", PATIENCE, () -> spans.get() > 4_000);
        } finally {
            slow.stop(0);
        }
        assertThat(spans.get()).isLessThan(6_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "collector:4317",
                "grpc://collector:4317",
                "http:///v1",
                "http://u:p@collector",
                "http://c/?key=1"
            })
    void whatIsNoAddressOfACollectorIsRefused(String text) {
        assertThatThrownBy(() -> Traces.of("api-service", Optional.of(URI.create(text)), Optional.empty(), CLOCK))
                .hasMessageContaining("terrafleet.trace.endpoint")
                .hasMessageContaining("http://collector:4318");
    }
}
