package io.terrafleet.standalone.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.standalone.Wiring;
import io.terrafleet.standalone.client.Run;
import io.terrafleet.standalone.client.TfeClient;
import io.terrafleet.standalone.demo.Configuration;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Runs in an organization of their own, and their pods.
 *
 * @param version of terraform, whose image the nodes can get
 */
record Trial(Site site, TfeClient api, String organization, String version, Duration patience) {
    private static final Duration BETWEEN = Duration.ofMillis(250);
    private static final int LOG_BYTES = 1 << 20;

    /** @param id of a run */
    record Started(String id, String workspace, String configuration) {}

    Started start(String workspaceName, String mainTf, Map<String, Object> attributes) {
        String workspace = api.createWorkspace(
                organization,
                workspaceName,
                Map.of("terraform-version", version, "structured-run-output-enabled", false));
        String configuration =
                api.uploadConfiguration(workspace, new Configuration(Map.of("main.tf", mainTf)).tarGz(), false);
        return new Started(api.startRun(workspace, configuration, attributes).id(), workspace, configuration);
    }

    /** Another run of the same workspace and configuration. */
    Started again(Started run, Map<String, Object> attributes) {
        String id =
                api.startRun(run.workspace(), run.configuration(), attributes).id();
        return new Started(id, run.workspace(), run.configuration());
    }

    /** Fails at once when the run ends otherwise. */
    Run until(Started run, String what, Predicate<Run> reached) {
        return await("run " + run.id() + " to be " + what, () -> {
            Run now = api.run(run.id());
            if (reached.test(now)) {
                return Optional.of(now);
            }
            CheckFailed.unless(
                    !now.isFinal(),
                    "run " + run.id() + " ended as " + now.status() + " before it was " + what + ": " + now.reasons());
            return Optional.empty();
        });
    }

    /** The only pod of a phase, once it is there. */
    JsonNode pod(Started run, String phase) {
        return await("the pod of the " + phase + " of run " + run.id(), () -> {
            JsonNode pods = pods(run, phase);
            CheckFailed.unless(
                    pods.size() <= 1, "the " + phase + " of run " + run.id() + " has " + pods.size() + " pods");
            return pods.isEmpty() ? Optional.empty() : Optional.of(pods.get(0));
        });
    }

    private JsonNode pods(Started run, String phase) {
        return site.kubectl()
                .get("-n", site.runs(), "pods", "-l", "terrafleet.io/run=" + run.id() + ",terrafleet.io/phase=" + phase)
                .path("items");
    }

    String log(String path) {
        String url = api.attributes(path).path("log-read-url").asText();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        byte[] piece = api.log(url, 0);
        while (piece.length > 0 && text.size() < LOG_BYTES) {
            text.writeBytes(piece);
            piece = api.log(url, text.size());
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    void untilLogged(String path, String text) {
        await(
                "\"" + text + "\" in the log of " + path,
                () -> log(path).contains(text) ? Optional.of(true) : Optional.empty());
    }

    <T> T await(String what, Supplier<Optional<T>> look) {
        Instant deadline = Wiring.clock().instant().plus(patience);
        while (true) {
            Optional<T> seen = look.get();
            if (seen.isPresent()) {
                return seen.get();
            }
            CheckFailed.unless(
                    Wiring.clock().instant().isBefore(deadline), "waited " + patience.toSeconds() + " s for " + what);
            rest();
        }
    }

    private static void rest() {
        try {
            Thread.sleep(BETWEEN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CheckFailed("interrupted");
        }
    }
}
