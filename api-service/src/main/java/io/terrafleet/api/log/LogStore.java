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

    void ensure(String log) {
        run("insert into log (id) values (?) on conflict do nothing", statement -> statement.setString(1, log));
    }

    Optional<Head> head(String log, boolean forUpdate) {
        String select = "select length, closed from log where id = ?" + (forUpdate ? " for update" : "");
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(select)) {
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

    void close(String log) {
        run("update log set closed = true where id = ?", statement -> statement.setString(1, log));
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

    private void run(String sql, Binding binding) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            binding.bind(statement);
            statement.executeUpdate();
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
