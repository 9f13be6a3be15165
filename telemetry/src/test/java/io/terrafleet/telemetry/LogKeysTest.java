package io.terrafleet.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.RunTrace;
import io.terrafleet.contracts.WorkspaceId;
import java.util.Optional;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;

class LogKeysTest {
    private static final RunId OUTER = new RunId("run-CZcmD7eagjhyX0vN");
    private static final RunId INNER = new RunId("run-AAcmD7eagjhyX0vN");

    @Test
    void whatWasSaidBeforeIsSaidAgain() {
        try (LogKeys _ = LogKeys.of(JobId.of(OUTER + "-apply-1"))) {
            try (LogKeys _ = LogKeys.of(INNER, Optional.of(new WorkspaceId("ws-CZcmD7eagjhyX0vN")), Optional.empty())) {
                assertThat(MDC.get("run")).isEqualTo(INNER.value());
                assertThat(MDC.get("workspace")).isEqualTo("ws-CZcmD7eagjhyX0vN");
            }
            assertThat(MDC.get("run")).isEqualTo(OUTER.value());
            assertThat(MDC.get("traceId")).isEqualTo(RunTrace.trace(OUTER));
            assertThat(MDC.get("phase")).isEqualTo("apply");
            assertThat(MDC.get("workspace")).isNull();
        }
        assertThat(MDC.get("run")).isNull();
        assertThat(MDC.get("phase")).isNull();
    }
}
