package io.terrafleet.api.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrafleet.api.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateReadingTest {
    private static final StateConfig CONFIG = new StateConfig() {
        @Override
        public long mostBytes() {
            return 1_000_000;
        }

        @Override
        public int mostOutputs() {
            return 3;
        }

        @Override
        public int mostListedResources() {
            return 1;
        }

        @Override
        public Duration uploadWithin() {
            return Duration.ofHours(1);
        }

        @Override
        public Duration softDeletedFor() {
            return Duration.ofDays(7);
        }
    };

    @Test
    void tellsWhatTheFileSays() throws IOException {
        StateFile file = read(StateText.of(7, "lin"));

        assertThat(file.serial()).isEqualTo(7);
        assertThat(file.lineage()).isEqualTo("lin");
        assertThat(file.terraformVersion()).isEqualTo("1.11.4");
        assertThat(file.outputs()).extracting(StateFile.Output::name).containsExactly("greeting", "password", "sizes");
        assertThat(file.outputs()).extracting(StateFile.Output::sensitive).containsExactly(false, true, false);
        assertThat(file.outputs().get(2).value()).hasToString("[1.50,2]");
        assertThat(file.managedResources()).isEqualTo(1);
        assertThat(file.resources()).hasSize(1).first().hasFieldOrPropertyWithValue("type", "null_resource");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''| not a JSON object",
                "[]| not a JSON object",
                "{\"version\":4,\"serial\":1| not valid JSON",
                "{\"version\":4,\"serial\":1} {}| something follows its end",
                "{\"serial\":1}| has no \"version\"",
                "{\"version\":3,\"serial\":1}| format version 3",
                "{\"version\":4}| has no \"serial\"",
                "{\"version\":4,\"serial\":-1}| has no \"serial\"",
                "{\"version\":4,\"serial\":1.5}| \"serial\" must be a whole number",
                "{\"version\":4,\"serial\":99999999999999999999}| \"serial\" must be a whole number",
                "{\"version\":4,\"serial\":1,\"lineage\":5}| \"lineage\" must be a string",
                "{\"version\":4,\"serial\":1,\"outputs\":[]}| \"outputs\" must be an object",
                "{\"version\":4,\"serial\":1,\"outputs\":{\"a\":1}}| the output \"a\" must be an object",
                "{\"version\":4,\"serial\":1,\"outputs\":{\"a\":{\"value\":1}}}| needs \"value\" and \"type\"",
                "{\"version\":4,\"serial\":1,\"resources\":{}}| \"resources\" must be a list",
                "{\"version\":4,\"serial\":1,\"resources\":[1]}| an element of \"resources\"",
                "{\"version\":4,\"serial\":1,\"resources\":[{\"instances\":1}]}| \"instances\" must be a list",
            })
    void saysWhatIsWrong(String text, String fault) {
        assertRefused(text, fault);
    }

    @Test
    void depthAndNumberAreBounded() {
        assertRefused(
                "{\"version\":4,\"serial\":1,\"resources\":[{\"instances\":[" + "[".repeat(300), "nested too deeply");
        String output = "\"%s\":{\"value\":1,\"type\":\"number\"}";
        assertRefused(
                "{\"outputs\":{" + output.formatted("a") + "," + output.formatted("b") + "," + output.formatted("c")
                        + "," + output.formatted("d") + "}}",
                "more than 3 outputs");
    }

    @Test
    void aRollbackChangesNothingButTheSerial() throws IOException {
        byte[] renumbered = StateRows.renumbered(StateText.of(7, "lin"), 1234);

        assertThat(new String(renumbered, StandardCharsets.UTF_8))
                .isEqualTo(new String(StateText.of(1234, "lin"), StandardCharsets.UTF_8));
    }

    private static void assertRefused(String text, String fault) {
        assertThatThrownBy(() -> read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(422))
                .hasMessageContaining(fault);
    }

    private static StateFile read(byte[] content) throws IOException {
        return StateReading.read(new ByteArrayInputStream(content), CONFIG);
    }
}
