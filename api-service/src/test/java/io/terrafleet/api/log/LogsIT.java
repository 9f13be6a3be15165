package io.terrafleet.api.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Logs in their months. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class LogsIT {
    private static final String STX = "\u0002";
    private static final String ETX = "\u0003";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    Logs logs;

    @Inject
    LogFollowing following;

    @Inject
    LogStore store;

    @Inject
    RecentPieces recent;

    @Inject
    @DataSource("api")
    AgroalDataSource dataSource;

    @Test
    void aLogLiesInTheMonthInWhichItBeganAndOnlyThatOneIsReadForIt() throws SQLException {
        LocalDate month = monthAhead(1);
        began("run-later-plan", month);
        append("run-later-plan", "one\n", "two\n", "three\n");
        append("run-now-plan", "now\n");
        recent.clear();

        assertThat(read("run-later-plan", 0, 1_000)).isEqualTo(STX + "one\ntwo\nthree\n");
        assertThat(read("run-later-plan", 6, 4)).isEqualTo("wo\nt");
        assertThat(read("run-now-plan", 0, 1_000)).isEqualTo(STX + "now\n");
        assertThat(scans("run-later-plan")).singleElement().asString().contains(part(month));
        assertThat(scans("run-now-plan")).singleElement().asString().contains("log_piece_before");
    }

    @Test
    void anAppendThatBeginsBeforeTheEndGoesToTheSameMonth() throws SQLException {
        LocalDate month = monthAhead(2);
        began("run-again-plan", month);
        append("run-again-plan", "one\n");
        logs.append("run-again-plan", 0, "one\ntwo\n".getBytes(StandardCharsets.US_ASCII), 7);
        recent.clear();

        assertThat(read("run-again-plan", 0, 1_000)).isEqualTo(STX + "one\ntwo");
        assertThat(value("select count(*) from " + part(month) + " where log_id = 'run-again-plan'"))
                .isEqualTo("2");
    }

    @Test
    void aLogWhoseMonthWasDroppedSaysSo() throws SQLException {
        LocalDate month = monthAhead(14);
        value("select make_month('log_piece', '" + month + "')");
        for (String log : List.of("run-gone-plan", "run-open-plan")) {
            began(log, month);
            append(log, "x".repeat(500), "y".repeat(500));
        }
        logs.close("run-gone-plan");
        assertThat(read("run-gone-plan", 990, 1_000)).isEqualTo("y".repeat(11) + ETX);
        value("drop table " + part(month));
        recent.clear();

        assertThat(read("run-gone-plan", 0, 1_000)).isEqualTo(STX + Logs.GONE + ETX);
        assertThat(read("run-gone-plan", 6, 3)).isEqualTo(Logs.GONE.substring(5, 8));
        assertThat(read("run-gone-plan", 990, 1_000)).isEmpty();
        assertThat(logs.length("run-gone-plan")).isEqualTo(Logs.GONE.length());
        assertThat(logs.endsAt("run-gone-plan", Logs.GONE.length() + 1)).isFalse();
        assertThat(logs.endsAt("run-gone-plan", Logs.GONE.length() + 2)).isTrue();
        assertThat(logs.endsAt("run-gone-plan", 990)).isTrue();

        assertThat(read("run-open-plan", 1, 500)).as("still open").isEmpty();
        logs.append("run-open-plan", 1_000, "z".getBytes(StandardCharsets.US_ASCII), 10_000);
        logs.close("run-open-plan");
        recent.clear();
        assertThat(read("run-open-plan", 1, 1_000)).as("its beginning is gone").isEqualTo(Logs.GONE + ETX);
    }

    @Test
    void aLogOfWhichNothingWasWrittenIsEmpty() {
        logs.close("run-empty-plan");
        assertThat(read("run-empty-plan", 0, 1_000)).isEqualTo(STX + ETX);
        assertThat(read("run-never-plan", 0, 1_000)).isEqualTo(STX);
        assertThat(logs.endsAt("run-never-plan", 1)).isFalse();
    }

    @Test
    void whoReadsAheadOfALogIsAnsweredByTheNextPiece() throws Exception {
        append("run-grows-plan", "one\n");
        var read =
                new FutureTask<>(() -> new String(following.read("run-grows-plan", 5, 100), StandardCharsets.US_ASCII));
        Thread reader = Thread.ofPlatform().start(read);
        Await.until("the reader to wait", PATIENCE, () -> reader.getState() == Thread.State.TIMED_WAITING);

        append("run-grows-plan", "two\n");

        assertThat(read.get()).isEqualTo("two\n");
    }

    @Test
    void whoReadsAheadOfALogThatDoesNotGrowIsAnsweredAllTheSame() throws Exception {
        append("run-rests-plan", "one\n");
        assertThat(following.read("run-rests-plan", 5, 100)).isEmpty();
    }

    @Test
    void theEndOfALogAndOneThatNobodyWritesAreNotWaitedFor() throws Exception {
        append("run-ends-plan", "one\n");
        var read =
                new FutureTask<>(() -> new String(following.read("run-ends-plan", 5, 100), StandardCharsets.US_ASCII));
        Thread reader = Thread.ofPlatform().start(read);
        Await.until("the reader to wait", PATIENCE, () -> reader.getState() == Thread.State.TIMED_WAITING);
        logs.close("run-ends-plan");

        assertThat(read.get()).isEqualTo(ETX);
        assertThat(logs.growsAt("run-ends-plan", 6)).isFalse();
        assertThat(logs.growsAt("run-unknown-plan", 1)).isFalse();
        assertThat(logs.growsAt("run-grows-far-plan", 100)).isFalse();
        assertThat(following.read("run-ends-plan", 6, 100)).isEmpty();
    }

    private LocalDate monthAhead(int months) throws SQLException {
        return LocalDate.parse(value("select date_trunc('month', now() at time zone 'UTC')::date::text"))
                .plusMonths(months);
    }

    private static String part(LocalDate month) {
        return "log_piece_%04d_%02d".formatted(month.getYear(), month.getMonthValue());
    }

    private void began(String log, LocalDate month) throws SQLException {
        value("insert into log (id, at) values ('" + log + "', '" + month + "T12:00:00.123456Z')");
    }

    private void append(String log, String... pieces) {
        for (String piece : pieces) {
            logs.append(log, logs.length(log), piece.getBytes(StandardCharsets.US_ASCII), 10_000);
        }
    }

    private String read(String log, long offset, int limit) {
        return new String(logs.read(log, offset, limit), StandardCharsets.US_ASCII);
    }

    /** The tables that are read for a log. */
    private List<String> scans(String log) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement explain = connection.prepareStatement("explain (costs off) " + LogStore.CHUNKS)) {
            explain.setString(1, log);
            explain.setObject(
                    2, OffsetDateTime.ofInstant(store.head(log).orElseThrow().at(), ZoneOffset.UTC));
            explain.setLong(3, 1_000);
            explain.setLong(4, 0);
            List<String> scans = new ArrayList<>();
            try (ResultSet line = explain.executeQuery()) {
                while (line.next()) {
                    if (line.getString(1).contains(" on log_piece")) {
                        scans.add(line.getString(1));
                    }
                }
            }
            return scans;
        }
    }

    /** The first column of the first row, where there are rows. */
    private String value(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet row = statement.getResultSet()) {
                return row.next() ? String.valueOf(row.getString(1)) : "";
            }
        }
    }
}
