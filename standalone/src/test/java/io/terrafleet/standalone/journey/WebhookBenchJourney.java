package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small round of {@code bench webhooks}: whatever the machine, every delivery counts exactly once. */
class WebhookBenchJourney {
    @TempDir
    Path root = Path.of("");

    @Test
    void everyDeliveryCountsOnce() throws Exception {
        String printed = TestPlatform.command(root, "bench", "webhooks", "--n", "5", "--json");
        JsonNode measured = Json.mapper().readTree(printed);
        JsonNode promises = measured.path("promises");
        assertThat(promises.path("every delivery is processed exactly once").asBoolean())
                .as("%s", promises)
                .isTrue();
        assertThat(promises.path("every push has exactly one run").asBoolean())
                .as("%s", promises)
                .isTrue();
        assertThat(measured.path("figures").path("answer p99Seconds").asDouble())
                .isPositive();
        assertThat(measured.path("figures").path("push to plan p50Seconds").asDouble())
                .isPositive();
    }
}
