package io.terrafleet.messaging;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** What a connection that listens hears by {@code NOTIFY}. */
final class Calls {
    private Calls() {}

    /**
     * Waits until there was a call. One that came along with the answer to a statement lies in the driver already, and the driver's own wait does
     * not look there: it would sleep through it. So that place is looked into first.
     *
     * @param millis the longest wait
     * @return whether there was one
     */
    static boolean await(Connection connection, int millis) throws SQLException {
        PGConnection listening = connection.unwrap(PGConnection.class);
        return any(listening.getNotifications()) || any(listening.getNotifications(millis));
    }

    private static boolean any(PGNotification[] calls) {
        return calls != null && calls.length > 0;
    }
}
