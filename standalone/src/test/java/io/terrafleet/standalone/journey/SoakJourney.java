package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short round of bad weather over separate processes; {@code ./terrafleet soak} runs the long ones. */
class SoakJourney {
    private static final String SEED = "4";
    private static final int RUNS = 150;

    @TempDir
    Path directory;

    @Test
    void nothingBreaksInAShortStorm() throws Exception {
        Assumptions.assumeTrue(
                Boolean.getBoolean("terrafleet.soak"), "skipped: it takes minutes; -Dterrafleet.soak=true runs it");
        Path alone = TestPlatform.root().resolve("api-service/target/quarkus-app/quarkus-run.jar");
        Assumptions.assumeTrue(
                Files.exists(alone), "skipped: " + alone + " is absent; the services were not packaged alone");
        JsonNode summary = Json.mapper()
                .readTree(TestPlatform.command(
                        directory,
                        "soak",
                        "--seed",
                        SEED,
                        "--runs",
                        Integer.toString(RUNS),
                        "--minutes",
                        "1",
                        "--workspaces",
                        "4",
                        "--brief",
                        "--data",
                        directory.resolve("round").toString(),
                        "--json"));
        assertThat(summary.path("violations")).as(summary.toPrettyString()).isEmpty();
        assertThat(summary.path("faults").size()).as("kinds of trouble").isGreaterThan(4);
        assertThat(summary.path("applies").asInt()).as("applies").isPositive();
    }
}
