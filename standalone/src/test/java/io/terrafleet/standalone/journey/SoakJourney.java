package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A short round of bad weather over separate processes; {@code ./terrafleet soak} runs the long ones. It takes about a minute and a half;
 * {@code -Dterrafleet.soak=false} leaves it out.
 */
class SoakJourney {
    private static final String SEED = "4";
    private static final int RUNS = 40;

    @TempDir
    Path directory;

    @Test
    void nothingBreaksInAShortStorm() throws Exception {
        Assumptions.assumeTrue(
                Boolean.parseBoolean(System.getProperty("terrafleet.soak", "true")),
                "skipped: -Dterrafleet.soak=false");
        Path alone = TestPlatform.root().resolve("api-service/target/quarkus-app/quarkus-run.jar");
        Assumptions.assumeTrue(
                Files.exists(alone), "skipped: " + alone + " is absent; the services were not packaged alone");
        TestPlatform.Said said = TestPlatform.say(
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
                "--json");
        assertThat(said.output()).as(said.errors()).isNotBlank();
        JsonNode summary = Json.mapper().readTree(said.output());
        assertThat(summary.path("violations")).as(summary.toPrettyString()).isEmpty();
        assertThat(summary.path("faults").size()).as("kinds of trouble").isPositive();
        assertThat(summary.path("applies").asInt()).as("applies").isPositive();
    }
}
