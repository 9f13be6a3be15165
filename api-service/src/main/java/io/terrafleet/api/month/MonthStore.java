package io.terrafleet.api.month;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.inject.Singleton;
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

/** The parts of tables, one for each month of UTC; {@code make_month} and {@code drop_months} are in the database. */
@Singleton
class MonthStore {
    private final AgroalDataSource dataSource;

    MonthStore(@DataSource("api") AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Until the transaction ends. Whoever writes waits no longer than a moment for what is done to the parts.
     *
     * @return false while another process is at it
     */
    boolean begin(String table) {
        try (Connection connection = dataSource.getConnection();
                Statement patience = connection.createStatement();
                PreparedStatement lock = connection.prepareStatement(
                        "select pg_try_advisory_xact_lock(hashtextextended(? || ' by month', 0))")) {
            patience.execute("set local lock_timeout = '5s'");
            lock.setString(1, table);
            try (ResultSet row = lock.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        } catch (SQLException e) {
            throw failed(table, e);
        }
    }

    /** Makes the part of a month (its first day) if it is missing. */
    void make(String table, LocalDate month) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement("select make_month(?, ?)")) {
            statement.setString(1, table);
            statement.setObject(2, month);
            statement.execute();
        } catch (SQLException e) {
            throw failed(table, e);
        }
    }

    /** Drops the parts that end no later than this. @return their names */
    List<String> dropBefore(String table, Instant before) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement("select drop_months(?, ?)")) {
            statement.setString(1, table);
            statement.setObject(2, OffsetDateTime.ofInstant(before, ZoneOffset.UTC));
            List<String> dropped = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    dropped.add(row.getString(1));
                }
            }
            return dropped;
        } catch (SQLException e) {
            throw failed(table, e);
        }
    }

    private static IllegalStateException failed(String table, SQLException cause) {
        return new IllegalStateException("the months of " + table + " cannot be kept", cause);
    }
}
