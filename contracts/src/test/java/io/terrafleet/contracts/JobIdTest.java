package io.terrafleet.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobIdTest {
    private static final RunId RUN = new RunId("run-CZcmD7eagjhyX0vN");

    @Test
    void theTextSaysAllAndIsReadAgain() throws Exception {
        JobId job = new JobId(RUN, Phase.APPLY, 12);
        assertThat(job).hasToString("run-CZcmD7eagjhyX0vN-apply-12");
        assertThat(JobId.of(job.toString())).isEqualTo(job);
        assertThat(Json.mapper().readValue(Json.write(job), JobId.class)).isEqualTo(job);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "run-CZcmD7eagjhyX0vN",
                "run-CZcmD7eagjhyX0vN-plan-0",
                "run-CZcmD7eagjhyX0vN-plan-01",
                "run-CZcmD7eagjhyX0vN-plan-100",
                "run-CZcmD7eagjhyX0vN-destroy-1",
                "run-CZcmD7eagjhyX0v-plan-1",
                "run-CZcmD7eagjhyX0vN-plan-1\n",
                "../../run-CZcmD7eagjhyX0vN-plan-1"
            })
    void anotherTextIsRefused(String text) {
        assertThatThrownBy(() -> JobId.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a job identifier");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 100})
    void anAttemptOutOfBoundsIsRefused(int attempt) {
        assertThatThrownBy(() -> new JobId(RUN, Phase.PLAN, attempt))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 99, not " + attempt);
    }
}
