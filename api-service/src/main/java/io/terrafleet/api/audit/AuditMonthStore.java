package io.terrafleet.api.audit;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The parts of {@code audit_event}, one for each month of UTC. */
@ApplicationScoped
class AuditMonthStore {
    private final AgroalDataSource dataSource;

    AuditMonthStore(@DataSource("api") AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Until the transaction ends. Whoever writes waits no longer than a moment for what is done to the parts.
     *
     * @return false while another process is at it
     */
    boolean begin() {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set local lock_timeout = '5s'");
            try (ResultSet row = statement.executeQuery(
                    "select pg_try_advisory_xact_lock(hashtextextended('audit_event by month', 0))")) {
                return row.next() && row.getBoolean(1);
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Makes the part of a month (its first day) if it is missing. */
    void make(LocalDate month) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement("select make_month('audit_event', ?)")) {
            statement.setObject(1, month);
            statement.execute();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Drops the parts that end no later than this. @return their names */
    List<String> dropBefore(Instant before) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement("select drop_months('audit_event', ?)")) {
            statement.setObject(1, OffsetDateTime.ofInstant(before, ZoneOffset.UTC));
            List<String> dropped = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    dropped.add(row.getString(1));
                }
            }
            return dropped;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static IllegalStateException failed(SQLException cause) {
        return new IllegalStateException("the months of the audit trail cannot be kept", cause);
    }
}
