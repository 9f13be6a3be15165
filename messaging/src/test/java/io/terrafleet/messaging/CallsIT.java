package io.terrafleet.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A call by the database is heard whenever it comes. */
class CallsIT {
    /** Far longer than any test here takes. */
    private static final int LONG_MILLIS = 60_000;

    @TempDir
    private static Path directory;

    private static EmbeddedPostgres database;

    @BeforeAll
    static void start() {
        database = EmbeddedPostgres.start(directory.resolve("postgres"), 0);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void oneThatComesDuringAStatementIsNotSleptThrough() throws SQLException {
        try (Connection listening = connection();
                Connection calling = connection()) {
            execute(listening, "listen outbox_test");
            execute(calling, "notify outbox_test");
            execute(listening, "select pg_sleep(0.2)");
            long begin = System.nanoTime();
            assertThat(Calls.await(listening, LONG_MILLIS)).isTrue();
            assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.MILLISECONDS.toNanos(LONG_MILLIS / 2));
            assertThat(Calls.await(listening, 1)).as("once heard it is over").isFalse();
        }
    }

    @Test
    void oneThatComesDuringTheWaitEndsIt() throws SQLException, InterruptedException {
        try (Connection listening = connection();
                Connection calling = connection()) {
            execute(listening, "listen outbox_test");
            Thread caller = Thread.ofVirtual().start(() -> {
                try {
                    execute(calling, "select pg_sleep(0.2)");
                    execute(calling, "notify outbox_test");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(Calls.await(listening, LONG_MILLIS)).isTrue();
            caller.join();
        }
    }

    private static Connection connection() throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
