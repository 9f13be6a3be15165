package io.terrafleet.standalone.bench;

import io.terrafleet.standalone.platform.PlatformUnusable;
import io.terrafleet.standalone.platform.RunningPlatform.Database;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The benchmark's own connection to the database: fills it in bulk, chooses what to ask for, sees how its tables were read. */
final class ApiFill implements AutoCloseable {
    private final Connection connection;

    ApiFill(Database database) {
        try {
            connection = DriverManager.getConnection(
                    database.jdbcUrl() + "?currentSchema=api", database.username(), database.password());
        } catch (SQLException e) {
            throw new PlatformUnusable("the benchmark cannot reach the database: " + e.getMessage(), e);
        }
    }

    /** Nothing was ever made here. */
    boolean isEmpty() {
        return texts("select name from organization where name = 'bench-1'").isEmpty();
    }

    /** @throws PlatformUnusable when what an earlier call made is of another size, or not complete */
    void requireFilled(int workspaces, int runs) {
        String found = texts(
                        "select (select count(*) from workspace) || ' workspaces and ' || (select count(*) from run)"
                                + " || ' runs'")
                .getFirst();
        String wanted = workspaces + " workspaces and " + runs + " runs";
        if (!found.equals(wanted)) {
            throw new PlatformUnusable("the data that is kept there has " + found + ", not " + wanted
                    + ". Ask for as many, or keep the data in another --data.");
        }
    }

    /** The organizations {@code bench-1} to {@code bench-5} must be there. */
    void fill(int workspaces, int runs) {
        String script = script().replace("${workspaces}", Integer.toString(workspaces))
                .replace("${runs}", Integer.toString(runs));
        for (String statement : script.split(";\\s*\\n")) {
            if (!statement.isBlank()) {
                execute(statement);
            }
        }
    }

    /** The first column of every row. */
    List<String> texts(String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /**
     * How often each table of the service was read from end to end since it was made, as PostgreSQL counts it.
     *
     * @param least rows that make a table worth an index
     */
    Map<String, Long> wholeReads(int least) {
        execute("select pg_stat_clear_snapshot()");
        String sql =
                "select relname || ' ' || seq_scan from pg_stat_user_tables where schemaname = 'api' and n_live_tup >= "
                        + least;
        Map<String, Long> reads = new TreeMap<>();
        for (String row : texts(sql)) {
            int space = row.indexOf(' ');
            reads.put(row.substring(0, space), Long.valueOf(row.substring(space + 1)));
        }
        return reads;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new PlatformUnusable("the benchmark's connection does not close: " + e.getMessage(), e);
        }
    }

    private void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    private static PlatformUnusable failed(String sql, SQLException e) {
        return new PlatformUnusable(
                "the database refuses \"" + sql.strip().lines().findFirst().orElse("") + " …\": " + e.getMessage(), e);
    }

    private static String script() {
        try (InputStream in = ApiFill.class.getResourceAsStream("/bench/api.sql")) {
            if (in == null) {
                throw new IllegalStateException("bench/api.sql is missing from the build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
