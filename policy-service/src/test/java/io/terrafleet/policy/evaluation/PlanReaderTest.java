package io.terrafleet.policy.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrafleet.contracts.plan.PlanUnreadable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanReaderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''| the plan is not",
                "{\"format_version\": \"1.2\"| the plan is not",
                "[]| must be a JSON object",
                "{}| format_version must be 1.x",
                "{\"format_version\": \"2.0\"}| format_version must be 1.x",
                "{\"format_version\": \"1.2\"} x| the plan is not",
                "{\"format_version\": \"1.2\", \"resource_changes\": {}}| resource_changes must be an array",
                "{\"format_version\": \"1.2\", \"resource_changes\": [{}]}| resource_changes[0].address must be a text",
                "{\"format_version\":\"1.0\",\"resource_changes\":[{\"address\":\"a\",\"type\":\"t\",\"name\":\"n\"}]}| change.actions"
            })
    void refusesWhatIsNoPlan(String json, String why) {
        assertThatThrownBy(() -> PlanReader.read(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(PlanUnreadable.class)
                .hasMessageContaining(why);
    }

    @Test
    void doesNotRepeatThePlansValues() {
        assertThatThrownBy(() -> PlanReader.read("{\"a\": hunter2}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(PlanUnreadable.class)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void refusesNestingThatHasNoEnd() {
        byte[] deep = new byte[200_000];
        Arrays.fill(deep, (byte) '[');

        assertThatThrownBy(() -> PlanReader.read(deep)).isInstanceOf(PlanUnreadable.class);
    }

    @Test
    void acceptsAMinorVersionOfTomorrow() throws Exception {
        assertThat(PlanReader.read("{\"format_version\": \"1.99\", \"new\": 1}".getBytes(StandardCharsets.UTF_8)))
                .isNotNull();
    }
}
