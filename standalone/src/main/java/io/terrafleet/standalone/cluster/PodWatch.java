package io.terrafleet.standalone.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import io.terrafleet.contracts.Json;
import io.terrafleet.standalone.Wiring;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When what was seen of pods first, by this machine's clock: Kubernetes' own times have whole seconds only. What is seen is later than what
 * happened by the way from the API server to here.
 */
final class PodWatch implements AutoCloseable {
    /** What happens to a pod, in order. */
    enum Step {
        EXISTS,
        SCHEDULED,
        STARTED
    }

    private final Map<String, Map<Step, Instant>> seen = new ConcurrentHashMap<>();
    private final Process watching;
    private final String label;

    /** @param label whose value tells the pods apart */
    PodWatch(Kubectl kubectl, String namespace, String label) {
        this.label = label;
        this.watching =
                kubectl.goesOn("-n", namespace, "get", "pods", "--watch", "--output-watch-events", "-o", "json");
        Thread.ofPlatform().daemon().name("pod-watch").start(this::read);
    }

    private void read() {
        try (MappingIterator<JsonNode> events =
                Json.mapper().readerFor(JsonNode.class).readValues(watching.getInputStream())) {
            while (events.hasNext()) {
                note(events.next().path("object"), Wiring.clock().instant());
            }
        } catch (IOException | RuntimeException e) {
            if (watching.isAlive()) {
                System.err.println("the watch of pods broke: " + e.getMessage());
            }
        }
    }

    private void note(JsonNode pod, Instant now) {
        String key = pod.path("metadata").path("labels").path(label).asText();
        Map<Step, Instant> steps = seen.computeIfAbsent(key, any -> new ConcurrentHashMap<>());
        steps.putIfAbsent(Step.EXISTS, now);
        if (!pod.path("spec").path("nodeName").asText().isEmpty()) {
            steps.putIfAbsent(Step.SCHEDULED, now);
        }
        for (JsonNode status : pod.path("status").path("containerStatuses")) {
            JsonNode state = status.path("state");
            if (state.has("running") || state.has("terminated")) {
                steps.putIfAbsent(Step.STARTED, now);
            }
        }
    }

    Optional<Instant> when(String key, Step step) {
        return Optional.ofNullable(seen.getOrDefault(key, Map.of()).get(step));
    }

    @Override
    public void close() {
        watching.destroy();
    }
}
