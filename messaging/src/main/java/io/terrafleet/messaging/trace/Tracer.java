package io.terrafleet.messaging.trace;

import io.terrafleet.contracts.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/**
 * Sends spans to an OpenTelemetry collector by OTLP over HTTP with JSON, where {@code terrafleet.trace.endpoint} names one; else it does
 * nothing. Nobody ever waits for it: what the collector does not take in time is dropped.
 */
public final class Tracer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Tracer.class);
    private static final String ENDPOINT = "terrafleet.trace.endpoint";
    private static final int MOST_WAITING = 4_096;
    private static final int MOST_AT_ONCE = 256;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String service;
    private final InstantSource clock;
    private final boolean on;
    private final BlockingQueue<Map<String, Object>> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final AtomicBoolean complained = new AtomicBoolean();

    private Tracer(String service, Optional<URI> endpoint, InstantSource clock) {
        this.service = service;
        this.clock = clock;
        this.on = endpoint.isPresent();
        endpoint.map(base -> URI.create(base.toString().replaceAll("/+$", "") + "/v1/traces"))
                .ifPresent(
                        traces -> Thread.ofVirtual().name("tracer-" + service).start(() -> send(traces)));
    }

    /**
     * As the configuration says.
     *
     * @param service for people, for example {@code policy}
     */
    public static Tracer of(String service, InstantSource clock) {
        return to(ConfigProvider.getConfig().getOptionalValue(ENDPOINT, URI.class), service, clock);
    }

    static Tracer to(Optional<URI> endpoint, String service, InstantSource clock) {
        return new Tracer(service, endpoint, clock);
    }

    /** Whether anybody listens. */
    public boolean isOn() {
        return on;
    }

    public Instant now() {
        return clock.instant();
    }

    /**
     * Something of a run has ended.
     *
     * @param run its id; what is about something else is not told
     * @param what differs from that of every other span of the run in this service
     */
    public void tell(String run, Span span, String what) {
        offer(run, span, RunTrace.span(run, service, what), Optional.of(RunTrace.root(run)));
    }

    /** A run has ended. */
    public void tellAll(String run, Span span) {
        offer(run, span, RunTrace.root(run), Optional.empty());
    }

    private void offer(String run, Span span, String id, Optional<String> parent) {
        if (on && run.startsWith("run-") && !waiting.offer(Otlp.span(run, span, id, parent))) {
            complain("it takes them too slowly");
        }
    }

    private void send(URI traces) {
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            while (open.get() || !waiting.isEmpty()) {
                List<Map<String, Object>> spans = new ArrayList<>();
                Map<String, Object> first = waiting.poll(1, TimeUnit.SECONDS);
                if (first != null) {
                    spans.add(first);
                    waiting.drainTo(spans, MOST_AT_ONCE - 1);
                    send(http, traces, spans);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(HttpClient http, URI traces, List<Map<String, Object>> spans) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(traces)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(Otlp.document(service, spans))))
                .build();
        try {
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status >= 300) {
                complain("it answers " + status);
            } else {
                complained.set(false);
            }
        } catch (IOException e) {
            complain("it does not answer: " + e.getMessage());
        }
    }

    /** Once, until it works again. */
    private void complain(String what) {
        if (complained.compareAndSet(false, true)) {
            LOG.warnf("spans of %s are lost on the way to their collector: %s", service, what);
        }
    }

    /** What waits is still sent, as far as the collector takes it while the service ends. */
    @Override
    public void close() {
        open.set(false);
    }
}
