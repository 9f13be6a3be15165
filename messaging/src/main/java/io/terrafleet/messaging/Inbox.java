package io.terrafleet.messaging;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/** What was taken already. Call inside the transaction of the work, so that work and memory stand or fall together. */
public final class Inbox {
    /** Longer than any topic keeps its records. */
    static final Duration KEPT = Duration.ofDays(30);

    private final DataSource dataSource;
    private final InstantSource clock;

    Inbox(DataSource dataSource, InstantSource clock) {
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /** True the first time an event is shown to this consumer; false for every duplicate. */
    public boolean take(String consumer, String eventId) {
        String insert = "insert into inbox (consumer, event_id, received_at) values (?, ?, ?) on conflict do nothing";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement row = connection.prepareStatement(insert)) {
            row.setString(1, consumer);
            row.setString(2, eventId);
            row.setObject(3, OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
            return row.executeUpdate() == 1;
        } catch (SQLException e) {
            throw new MessagingFailure("cannot write to the inbox", e);
        }
    }

    /** Whether {@link #take} was called for the event in a transaction that committed; saves needless work before it. */
    public boolean hasTaken(String consumer, String eventId) {
        String select = "select 1 from inbox where consumer = ? and event_id = ?";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement row = connection.prepareStatement(select)) {
            row.setString(1, consumer);
            row.setString(2, eventId);
            try (ResultSet found = row.executeQuery()) {
                return found.next();
            }
        } catch (SQLException e) {
            throw new MessagingFailure("cannot read the inbox", e);
        }
    }

    /** Forgets what no broker can deliver again. */
    void sweep(Connection connection) throws SQLException {
        try (PreparedStatement old = connection.prepareStatement("delete from inbox where received_at < ?")) {
            old.setObject(1, OffsetDateTime.ofInstant(clock.instant().minus(KEPT), ZoneOffset.UTC));
            old.executeUpdate();
        }
    }
}
