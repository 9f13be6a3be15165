package io.terrafleet.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RunTraceTest {
    private static final RunId RUN = new RunId("run-CZcmD7eagjhyX0vN");
    private static final JobId PLAN = new JobId(RUN, Phase.PLAN, 1);

    /** So that anybody can find the trace: {@code printf %s run-CZcmD7eagjhyX0vN | sha256sum | cut -c1-32}. */
    @Test
    void theTraceIsTheBeginningOfTheRunsHash() {
        assertThat(RunTrace.trace(RUN)).isEqualTo("8217e6665ab4bbff4cf6621dc21a4558");
        assertThat(RunTrace.root(RUN)).isEqualTo("f1de0adfc32f7f87");
    }

    @Test
    void aParentIsWhatTraceContextCallsOne() {
        assertThat(RunTrace.parent(PLAN))
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01")
                .isEqualTo("00-" + RunTrace.trace(RUN) + "-" + RunTrace.phase(PLAN) + "-01");
    }

    @Test
    void spansDiffer() {
        JobId again = new JobId(RUN, Phase.PLAN, 2);
        assertThat(List.of(
                        RunTrace.root(RUN),
                        RunTrace.queued(PLAN),
                        RunTrace.phase(PLAN),
                        RunTrace.queued(again),
                        RunTrace.phase(again),
                        RunTrace.judging(RUN, "a"),
                        RunTrace.judging(RUN, "b")))
                .doesNotHaveDuplicates();
    }
}
