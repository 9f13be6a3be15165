package io.terrafleet.messaging;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a failure is the database's trouble rather than the event's: by SQLSTATE, as the appendix "PostgreSQL Error Codes" of
 * PostgreSQL's documentation lists them.
 */
final class Outage {
    private static final int DEEPEST = 100;

    private Outage() {}

    /** Looks through causes and what was suppressed, for a transaction manager hides the driver's failure in either. */
    static boolean isBehind(Throwable failure) {
        Deque<Throwable> left = new ArrayDeque<>();
        left.add(failure);
        for (int seen = 0; seen < DEEPEST && !left.isEmpty(); seen++) {
            Throwable next = left.remove();
            if (next instanceof SQLException told && isOutage(told.getSQLState())) {
                return true;
            }
            if (next.getCause() != null) {
                left.add(next.getCause());
            }
            left.addAll(List.of(next.getSuppressed()));
        }
        return false;
    }

    private static boolean isOutage(@Nullable String state) {
        return state != null
                && switch (state) {
                    // Disk full, too many connections, a standby that may only read.
                    case "53100", "53300", "25006" -> true;
                    // Connection failures; shut down, crashed or not ready yet.
                    default -> state.startsWith("08") || state.startsWith("57P");
                };
    }
}
