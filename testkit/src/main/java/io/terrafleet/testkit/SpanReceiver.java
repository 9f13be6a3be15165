package io.terrafleet.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** A collector of spans: takes OTLP over HTTP in protobuf, as one of OpenTelemetry does, and keeps it. */
public final class SpanReceiver implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Map<String, String> headers = new ConcurrentHashMap<>();

    /** @param service who sent it */
    public record Received(String service, Span span) {
        public String name() {
            return span.getName();
        }

        public String trace() {
            return digits(span.getTraceId().toByteArray());
        }

        public String id() {
            return digits(span.getSpanId().toByteArray());
        }

        /** Empty for the first of a trace. */
        public String parent() {
            return digits(span.getParentSpanId().toByteArray());
        }

        public String attribute(String name) {
            return text(span.getAttributesList(), name);
        }
    }

    public SpanReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::take);
        server.setExecutor(threads);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
            ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
            for (ResourceSpans resource : request.getResourceSpansList()) {
                String service = text(resource.getResource().getAttributesList(), "service.name");
                for (ScopeSpans scope : resource.getScopeSpansList()) {
                    scope.getSpansList().forEach(span -> received.add(new Received(service, span)));
                }
            }
            exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    /** What a service is told as {@code terrafleet.trace.endpoint}. */
    public URI base() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** That came with spans last; empty when none did. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    public List<Received> all() {
        return List.copyOf(received);
    }

    public List<Received> of(String trace) {
        return received.stream().filter(each -> each.trace().equals(trace)).toList();
    }

    /** All that was sent, to be searched. */
    public String text() {
        return received.stream().map(each -> each.service() + " " + each.span()).collect(Collectors.joining("\n"));
    }

    private static String text(List<KeyValue> attributes, String name) {
        return attributes.stream()
                .filter(each -> each.getKey().equals(name))
                .map(each -> each.getValue().getStringValue())
                .findFirst()
                .orElse("");
    }

    private static String digits(byte[] bytes) {
        return java.util.HexFormat.of().formatHex(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
