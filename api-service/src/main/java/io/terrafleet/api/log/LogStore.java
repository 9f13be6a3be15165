package io.terrafleet.api.log;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plain JDBC: chunks are written once and read in ranges, there is nothing to map. */
@ApplicationScoped
class LogStore {
    private final AgroalDataSource dataSource;

    LogStore(@DataSource("api") AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    record Head(long length, boolean closed) {}

    @SuppressWarnings("ArrayRecordComponent")
    record Chunk(long start, int size, byte[] content) {}

    /** Makes it when it is missing, and locks it. */
    Head begin(String log) {
        String begin = "insert into log (id) values (?) on conflict (id) do update set id = excluded.id"
                + " returning length, closed";
        return head(log, begin).orElseThrow();
    }

    /** Adds the chunk in one step when the log ends exactly where it starts and is open; otherwise nothing happens. */
    boolean addNext(String log, Chunk chunk) {
        String add = "with grown as"
                + " (update log set length = length + ? where id = ? and length = ? and not closed returning id)"
                + " insert into log_chunk (log_id, start, size, content) select id, ?, ?, ? from grown";
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
        return head(log, "select length, closed from log where id = ?");
    }

    private Optional<Head> head(String log, String sql) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, log);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(new Head(row.getLong(1), row.getBoolean(2))) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new LogFailure(e);
        }
    }

    void add(String log, Chunk chunk) {
        run("insert into log_chunk (log_id, start, size, content) values (?, ?, ?, ?)", statement -> {
            statement.setString(1, log);
            statement.setLong(2, chunk.start());
            statement.setInt(3, chunk.size());
            statement.setBytes(4, chunk.content());
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
    List<Chunk> chunks(String log, long from, long to) {
        String select =
                "select start, size, content from log_chunk where log_id = ? and start < ? and start + size > ? order by start";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setString(1, log);
            statement.setLong(2, to);
            statement.setLong(3, from);
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
