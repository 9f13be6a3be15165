package io.terrafleet.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class BoundedFailuresTest {
    private final BoundedFailures filter = new BoundedFailures();

    private String told(Throwable failure) {
        LogRecord record = new LogRecord(Level.WARNING, "it failed");
        record.setThrown(failure);
        assertThat(filter.isLoggable(record)).isTrue();
        StringWriter text = new StringWriter();
        record.getThrown().printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    private static IllegalStateException deep(String message, int frames) {
        StackTraceElement[] trace = new StackTraceElement[frames];
        Arrays.setAll(trace, i -> new StackTraceElement("Deep", "frame" + i, "Deep.java", i));
        IllegalStateException failure = new IllegalStateException(message);
        failure.setStackTrace(trace);
        return failure;
    }

    @Test
    void aFailureReadsAsItIs() {
        IllegalStateException failure = new IllegalStateException("no room", new IllegalArgumentException("too long"));
        StringWriter itself = new StringWriter();
        failure.printStackTrace(new PrintWriter(itself, true));
        assertThat(told(failure))
                .startsWith("java.lang.IllegalStateException: no room\n\tat "
                        + getClass().getName())
                .contains("Caused by: java.lang.IllegalArgumentException: too long");
    }

    @Test
    void whatIsTooLongIsCut() {
        Throwable failure = deep("x".repeat(1_000_000), 900);
        assertThat(told(failure)).hasSizeLessThan(10_000).contains("frame59").doesNotContain("frame60");
        for (int i = 0; i < 100; i++) {
            failure = new IllegalStateException("cause " + i, failure);
        }
        assertThat(told(failure))
                .hasSizeLessThan(100_000)
                .contains("cause 99", "cause 95")
                .doesNotContain("cause 90");
    }
}
