package io.terrafleet.api.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.contracts.Json;
import org.junit.jupiter.api.Test;

/** Runs stay readable: what was stored before an option existed means that nobody chose it. */
class RunOptionsTest {
    @Test
    void whatWasStoredBeforeAnOptionExistedIsRead() throws Exception {
        RunOptions options = Json.mapper()
                .readValue(
                        """
                        {"planOnly":false,"autoApply":true,"destroy":false,"refresh":true,"refreshOnly":false,
                         "targetAddrs":[],"replaceAddrs":[],"allowEmptyApply":false,"savePlan":false,
                         "structuredOutput":true,"taskStages":{}}
                        """,
                        RunOptions.class);

        assertThat(options.autoApply()).isTrue();
        assertThat(options.structuredOutput()).isTrue();
        assertThat(options.configGeneration()).isFalse();
        assertThat(options.debugging()).isFalse();
        assertThat(Json.mapper().readValue(Json.write(options), RunOptions.class))
                .isEqualTo(options);
    }
}
