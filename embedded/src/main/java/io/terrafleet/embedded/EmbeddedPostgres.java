package io.terrafleet.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * One PostgreSQL server, a process of its own, reachable from this machine only, with one database {@code terrafleet}. Commits are
 * on the disk when they are acknowledged. What was written survives a restart and a kill -9 of the JVM: start again on the same
 * directory. Starts in about a second the first time, then in a few tenths.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final String DATABASE = "terrafleet";
    private static final String USER = "postgres";
    private static final String INITIALISED = "initialised";

    private final io.zonky.test.db.postgres.embedded.EmbeddedPostgres server;

    private EmbeddedPostgres(io.zonky.test.db.postgres.embedded.EmbeddedPostgres server) {
        this.server = server;
    }

    /**
     * Returns when clients can connect. A server that an earlier JVM left behind on the directory is stopped first.
     *
     * @param dataDirectory made when absent, used again when it holds the data of an earlier start
     * @param port where clients connect, 0 for any that is free
     * @throws IllegalStateException when the port is taken or the server does not start, with the reason
     */
    public static EmbeddedPostgres start(Path dataDirectory, int port) {
        QuietLogs.lower();
        Path cluster = dataDirectory.resolve("cluster");
        StalePostmaster.stop(cluster);
        boolean first = !Files.exists(dataDirectory.resolve(INITIALISED));
        try {
            Files.createDirectories(dataDirectory);
            if (first) {
                delete(cluster);
            }
            EmbeddedPostgres started = launch(dataDirectory, cluster, FreePort.of(port, "PostgreSQL"));
            try {
                started.prepare(first);
            } catch (SQLException | RuntimeException e) {
                started.close();
                throw e;
            }
            if (first) {
                Files.createFile(dataDirectory.resolve(INITIALISED));
            }
            return started;
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(
                    "PostgreSQL does not start on " + dataDirectory + "; its log is " + log(dataDirectory), e);
        }
    }

    /** Stops the server that a killed JVM left running on the directory, if there is one. */
    public static void stopLeftBehind(Path dataDirectory) {
        StalePostmaster.stop(dataDirectory.resolve("cluster"));
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://localhost:" + server.getPort() + "/" + DATABASE;
    }

    public String username() {
        return USER;
    }

    /** Not checked by the server: every connection from this machine is trusted. */
    public String password() {
        return USER;
    }

    public int port() {
        return server.getPort();
    }

    /** Stops the server; returns when it is gone. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL does not stop", e);
        }
    }

    private static EmbeddedPostgres launch(Path dataDirectory, Path cluster, int port) throws IOException {
        Path log = log(dataDirectory);
        return new EmbeddedPostgres(io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
                .setDataDirectory(cluster)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(port)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "200")
                .setServerConfig("listen_addresses", "localhost")
                // Nobody's disk has a head to move any more: a page out of order costs little more than the next one.
                .setServerConfig("random_page_cost", "1.1")
                .setServerConfig("log_checkpoints", "off")
                .setErrorRedirector(Redirect.appendTo(log.toFile()))
                .setOutputRedirector(Redirect.appendTo(log.toFile()))
                .setPGStartupWait(Duration.ofSeconds(60))
                .start());
    }

    private void prepare(boolean first) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String setting : List.of("fsync", "synchronous_commit")) {
                try (ResultSet shown = statement.executeQuery("show " + setting)) {
                    if (!shown.next() || !shown.getString(1).equals("on")) {
                        throw new IllegalStateException(
                                "PostgreSQL runs without " + setting + "; commits would not last");
                    }
                }
            }
            if (first) {
                statement.execute("create database " + DATABASE);
            }
        }
    }

    private static Path log(Path dataDirectory) {
        return dataDirectory.resolve("postgres.log");
    }

    /** What a first start left that did not get to its end is not worth keeping. */
    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
