package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small round of {@code bench api}: everything it generates is read by the API, and every kind of request is answered. */
class ApiBenchJourney {
    @TempDir
    Path root = Path.of("");

    @Test
    void everyKindOfRequestIsMeasured() throws Exception {
        String printed = TestPlatform.command(
                root, "bench", "api", "--workspaces", "1000", "--runs", "3000", "--requests", "20", "--json");
        JsonNode measured = Json.mapper().readTree(printed);
        assertThat(measured.path("bench").asText()).isEqualTo("api");
        JsonNode figures = measured.path("figures");
        for (String kind : new String[] {
            "run",
            "workspace by id",
            "workspace by name",
            "current state version",
            "runs of a workspace",
            "all together"
        }) {
            assertThat(figures.path(kind + " p50Seconds").asDouble()).as(kind).isPositive();
            assertThat(figures.path(kind + " p99Seconds").asDouble())
                    .as(kind)
                    .isGreaterThanOrEqualTo(figures.path(kind + " p50Seconds").asDouble());
            assertThat(figures.path(kind + " perSecond").asDouble()).as(kind).isPositive();
        }
        assertThat(measured.path("promises").fieldNames()).toIterable().anyMatch(it -> it.contains("1,000 requests"));
    }
}
