package io.terrafleet.messaging.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.terrafleet.contracts.Json;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TracerTest {
    private static final String RUN = "run-0123456789abcdef";
    private static final Instant BEGIN = Instant.parse("2026-11-27T00:00:00.250Z");

    @Test
    void aSpanReachesTheCollector() throws Exception {
        BlockingQueue<JsonNode> told = new LinkedBlockingQueue<>();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            told.add(Json.mapper().readTree(exchange.getRequestBody()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        URI endpoint = URI.create("http://127.0.0.1:" + collector.getAddress().getPort() + "/");
        try (Tracer tracer = Tracer.to(Optional.of(endpoint), "policy", InstantSource.fixed(BEGIN))) {
            tracer.tell("ws-0123456789abcdef", span(), "of no run");
            tracer.tell(RUN, span(), "a");
            JsonNode resource = arrived(told).path("resourceSpans").path(0);
            assertThat(resource.path("resource").toString()).contains("service.name", "policy");
            JsonNode span = resource.path("scopeSpans").path(0).path("spans").path(0);
            assertThat(span.path("traceId").asText())
                    .isEqualTo(RunTrace.trace(RUN))
                    .hasSize(32);
            assertThat(span.path("parentSpanId").asText()).isEqualTo(RunTrace.root(RUN));
            assertThat(span.path("spanId").asText()).hasSize(16).isNotEqualTo(RunTrace.root(RUN));
            assertThat(span.path("startTimeUnixNano").asText()).isEqualTo("1795737600250000000");
            assertThat(span.path("attributes").toString()).contains("terrafleet.run", RUN, "messaging.system");
            tracer.tellAll(RUN, span());
            JsonNode root = arrived(told)
                    .path("resourceSpans")
                    .path(0)
                    .path("scopeSpans")
                    .path(0)
                    .path("spans")
                    .path(0);
            assertThat(root.path("spanId").asText()).isEqualTo(RunTrace.root(RUN));
            assertThat(root.has("parentSpanId")).isFalse();
        } finally {
            collector.stop(0);
        }
    }

    private static JsonNode arrived(BlockingQueue<JsonNode> told) throws InterruptedException {
        JsonNode next = told.poll(60, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no span came within a minute");
        }
        return next;
    }

    @Test
    void withoutACollectorNothingIsTold() {
        try (Tracer tracer = Tracer.to(Optional.empty(), "policy", InstantSource.fixed(BEGIN))) {
            tracer.tell(RUN, span(), "a");
            assertThat(tracer.isOn()).isFalse();
        }
    }

    private static Span span() {
        return Span.consumed("take", BEGIN, BEGIN.plusMillis(5), Map.of("messaging.system", "kafka"));
    }
}
