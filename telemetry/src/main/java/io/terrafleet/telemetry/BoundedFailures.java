package io.terrafleet.telemetry;

import io.quarkus.logging.LoggingFilter;
import java.util.Arrays;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/** Keeps a failure on the console within bounds: of it and of each of its nearest causes the message's beginning and the innermost frames. */
@LoggingFilter(name = "bounded-failures")
public final class BoundedFailures implements Filter {
    static final int MOST_CAUSES = 5;
    static final int MOST_FRAMES = 60;
    static final int MOST_MESSAGE = 4_000;

    @Override
    public boolean isLoggable(LogRecord record) {
        Throwable thrown = record.getThrown();
        if (thrown != null && !(thrown instanceof Told)) {
            record.setThrown(Told.of(thrown, 0));
        }
        return true;
    }

    /** Reads like the failure it is made of. */
    private static final class Told extends Throwable {
        private final String text;

        private Told(String text, @Nullable Throwable cause) {
            super(text, cause, false, true);
            this.text = text;
        }

        static Told of(Throwable failure, int depth) {
            Throwable cause = depth < MOST_CAUSES ? failure.getCause() : null;
            Told told = new Told(shortened(failure.toString()), cause == null ? null : of(cause, depth + 1));
            StackTraceElement[] frames = failure.getStackTrace();
            told.setStackTrace(frames.length <= MOST_FRAMES ? frames : Arrays.copyOf(frames, MOST_FRAMES));
            return told;
        }

        private static String shortened(String text) {
            return text.length() <= MOST_MESSAGE ? text : text.substring(0, MOST_MESSAGE) + "…";
        }

        @Override
        public Throwable fillInStackTrace() {
            return this;
        }

        /** Formatters print it; the type that it begins with is that of the failure. */
        @Override
        @SuppressWarnings("OverrideThrowableToString")
        public String toString() {
            return text;
        }
    }
}
