package io.terrafleet.messaging.trace;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The JSON of OpenTelemetry's protocol 1.x: identifiers in hexadecimal, times in nanoseconds as text. */
final class Otlp {
    private static final int ERROR = 2;

    private Otlp() {}

    static Map<String, Object> span(String run, Span span, String id, Optional<String> parent) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("traceId", RunTrace.trace(run));
        json.put("spanId", id);
        parent.ifPresent(above -> json.put("parentSpanId", above));
        json.put("name", span.name());
        json.put("kind", span.kind());
        json.put("startTimeUnixNano", nanos(span.begin()));
        json.put("endTimeUnixNano", nanos(span.end()));
        Map<String, String> attributes = new LinkedHashMap<>(span.attributes());
        attributes.put("terrafleet.run", run);
        json.put("attributes", attributes(attributes));
        if (span.failed()) {
            json.put("status", Map.of("code", ERROR));
        }
        return json;
    }

    static Map<String, Object> document(String service, List<Map<String, Object>> spans) {
        Map<String, Object> resource =
                Map.of("attributes", attributes(Map.of("service.name", service, "service.namespace", "terrafleet")));
        Map<String, Object> scope = Map.of("scope", Map.of("name", "terrafleet"), "spans", spans);
        return Map.of("resourceSpans", List.of(Map.of("resource", resource, "scopeSpans", List.of(scope))));
    }

    private static List<Map<String, Object>> attributes(Map<String, String> attributes) {
        return attributes.entrySet().stream()
                .map(each ->
                        Map.<String, Object>of("key", each.getKey(), "value", Map.of("stringValue", each.getValue())))
                .toList();
    }

    private static String nanos(Instant instant) {
        return Long.toString(
                Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano()));
    }
}
