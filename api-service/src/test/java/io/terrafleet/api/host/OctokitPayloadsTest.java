package io.terrafleet.api.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrafleet.contracts.Json;
import io.terrafleet.testkit.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * GitHub's own recorded deliveries, of github.com and of Enterprise Server: npm {@code @octokit/webhooks-examples}, unpacked beside the project, or
 * where the property {@code terrafleet.octokit} says.
 */
class OctokitPayloadsTest {
    private static final Set<String> MOVES = Set.of("opened", "reopened", "synchronize", "ready_for_review", "edited");
    private static final long SEED = 7;

    private record Recorded(String event, JsonNode body) {}

    private static List<Recorded> recorded() throws IOException {
        Path root = Optional.ofNullable(System.getProperty("terrafleet.octokit"))
                .map(Path::of)
                .orElseGet(() -> SharedData.orSkip("data/octokit-webhooks-examples"));
        List<Path> files;
        try (Stream<Path> all = Files.walk(root)) {
            files = all.filter(path -> path.endsWith("index.json")).sorted().toList();
        }
        List<Recorded> found = new ArrayList<>();
        for (Path file : files) {
            for (JsonNode event : Json.mapper().readTree(file.toFile())) {
                event.path("examples")
                        .forEach(body ->
                                found.add(new Recorded(event.path("name").asText(), body)));
            }
        }
        assertThat(found).hasSizeGreaterThan(200);
        return found;
    }

    private static HostEvent read(String event, JsonNode body) {
        List<HostEvent> events = new GitHub().events(event, body);
        assertThat(events).hasSize(1);
        return events.getFirst();
    }

    @Test
    void everyRecordedDeliveryIsUnderstood() throws IOException {
        for (Recorded each : recorded()) {
            HostEvent event = read(each.event(), each.body());
            assertThat(event.repository())
                    .as(each.event())
                    .isEqualTo(each.body().path("repository").path("full_name").asText(""));
            Class<? extends HostEvent> wanted = wanted(each.event(), each.body());
            assertThat(event)
                    .as("%s %s", each.event(), each.body().path("action"))
                    .isInstanceOf(wanted);
            if (event instanceof HostEvent.PullRequestMoved moved) {
                assertThat(moved.number()).isEqualTo(each.body().path("number").asLong());
                assertThat(moved.sender().name()).isNotEmpty();
            }
            if (event instanceof HostEvent.Pushed pushed) {
                assertThat(each.body().path("ref").asText()).isEqualTo("refs/heads/" + pushed.branch());
            }
        }
    }

    private static Class<? extends HostEvent> wanted(String event, JsonNode body) {
        String action = body.path("action").asText();
        return switch (event) {
            case "push" ->
                body.path("deleted").asBoolean()
                        ? HostEvent.Other.class
                        : body.path("ref").asText().startsWith("refs/tags/")
                                ? HostEvent.Tagged.class
                                : HostEvent.Pushed.class;
            case "pull_request" ->
                MOVES.contains(action)
                        ? HostEvent.PullRequestMoved.class
                        : action.equals("closed") ? HostEvent.PullRequestClosed.class : HostEvent.Other.class;
            case "issue_comment" ->
                action.equals("created") && body.path("issue").has("pull_request")
                        ? HostEvent.Commented.class
                        : HostEvent.Other.class;
            case "repository" ->
                action.equals("renamed") || action.equals("transferred")
                        ? HostEvent.Renamed.class
                        : HostEvent.Other.class;
            default -> HostEvent.Other.class;
        };
    }

    @Test
    void whatIsLeftOfThemAfterSomebodyHasTornThemIsNoFailure() throws IOException {
        Random random = new Random(SEED);
        for (Recorded each : recorded()) {
            for (int round = 0; round < 5; round++) {
                JsonNode torn = each.body().deepCopy();
                tear(torn, random);
                read(each.event(), torn);
            }
        }
    }

    /** Takes members away, or puts something else in their place. */
    private static void tear(JsonNode node, Random random) {
        if (node instanceof ObjectNode object) {
            List<String> names =
                    object.properties().stream().map(Map.Entry::getKey).toList();
            for (String name : names) {
                switch (random.nextInt(12)) {
                    case 0 -> object.remove(name);
                    case 1 -> object.put(name, random.nextLong());
                    case 2 -> object.put(name, "\u0000\uD83D" + "x".repeat(random.nextInt(5_000)));
                    case 3 -> object.putArray(name);
                    case 4 -> object.putNull(name);
                    default -> tear(object.path(name), random);
                }
            }
        } else if (node instanceof ArrayNode array) {
            array.forEach(item -> tear(item, random));
        }
    }
}
