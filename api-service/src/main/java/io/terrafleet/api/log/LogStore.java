package io.terrafleet.api.log;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Plain JDBC: chunks are written once and read in ranges, there is nothing to map. They lie in the month in which their log began; with that
 * time said, the database looks into that month only.
 */
@Singleton
class LogStore {
    static final String CHUNKS = "select start, size, content from log_piece where log_id = ? and at = ? and start < ?"
            + " and start + size > ? order by start";

    private final AgroalDataSource dataSource;

    LogStore(@DataSource("api") AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** @param at when the log began */
    record Head(long length, boolean closed, Instant at) {}

    @SuppressWarnings("ArrayRecordComponent")
    record Chunk(long start, int size, byte[] content) {}

    /** Makes it when it is missing, and locks it. */
    Head begin(String log) {
        String begin = "insert into log (id) values (?) on conflict (id) do update set id = excluded.id"
                + " returning length, closed, at";
        return head(log, begin).orElseThrow();
    }

    /** Adds the chunk in one step when the log ends exactly where it starts and is open; otherwise nothing happens. */
    boolean addNext(String log, Chunk chunk) {
        String add = "with grown as"
                + " (update log set length = length + ? where id = ? and length = ? and not closed returning id, at)"
                + " insert into log_piece (log_id, at, start, size, content) select id, at, ?, ?, ? from grown";
        return run(add, statement -> {
                    statement.setInt(1, chunk.size());
                    statement.setString(2, log);
                    statement.setLong(3, chunk.start());
                    statement.setLong(4, chunk.start());
                    statement.setInt(5, chunk.size());
                    statement.setBytes(6, chunk.content());
                })
                == 1;
    }

    Optional<Head> head(String log) {
        return head(log, "select length, closed, at from log where id = ?");
    }

    private Optional<Head> head(String log, String sql) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, log);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                Instant at = row.getObject(3, OffsetDateTime.class).toInstant();
                return Optional.of(new Head(row.getLong(1), row.getBoolean(2), at));
            }
        } catch (SQLException e) {
            throw new LogFailure(e);
        }
    }

    void add(String log, Chunk chunk) {
        String add =
                "insert into log_piece (log_id, at, start, size, content) select id, at, ?, ?, ? from log where id = ?";
        run(add, statement -> {
            statement.setLong(1, chunk.start());
            statement.setInt(2, chunk.size());
            statement.setBytes(3, chunk.content());
            statement.setString(4, log);
        });
        run("update log set length = ? where id = ?", statement -> {
            statement.setLong(1, chunk.start() + chunk.size());
            statement.setString(2, log);
        });
    }

    /** @return its length, when it was open or is not there yet */
    Optional<Long> close(String log) {
        String close = "insert into log as l (id, closed) values (?, true)"
                + " on conflict (id) do update set closed = true where not l.closed returning length";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(close)) {
            statement.setString(1, log);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new LogFailure(e);
        }
    }

    /** Chunks that touch the range, at most enough of them to fill it. */
    List<Chunk> chunks(String log, Instant at, long from, long to) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(CHUNKS)) {
            statement.setString(1, log);
            statement.setObject(2, OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
            statement.setLong(3, to);
            statement.setLong(4, from);
            List<Chunk> chunks = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    chunks.add(new Chunk(row.getLong(1), row.getInt(2), row.getBytes(3)));
                }
            }
            return chunks;
        } catch (SQLException e) {
            throw new LogFailure(e);
        }
    }

    /** Whether its first chunk is there: it goes with the month, and with it all others. */
    boolean isKept(String log, Instant at) {
        String select = "select from log_piece where log_id = ? and at = ? and start = 0";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setString(1, log);
            statement.setObject(2, OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        } catch (SQLException e) {
            throw new LogFailure(e);
        }
    }

    private interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }

    private int run(String sql, Binding binding) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            binding.bind(statement);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new LogFailure(e);
        }
    }

    /** The database refused. */
    static final class LogFailure extends RuntimeException {
        LogFailure(SQLException cause) {
            super("the log's table cannot be used", cause);
        }
    }
}
