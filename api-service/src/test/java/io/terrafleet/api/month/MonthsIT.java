package io.terrafleet.api.month;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrafleet.testkit.OlderDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables across months. */
class MonthsIT {
    private final OlderDatabase database = new OlderDatabase("api", "months", "1.180");
    private final MonthStore store = new MonthStore(database.dataSource());
    private final LocalDate thisMonth =
            LocalDate.parse(database.value("select date_trunc('month', now() at time zone 'UTC')::date::text"));

    /** A table that lies in parts by month, and how a row is written to it. */
    enum Parted {
        AUDIT_EVENT(
                "id",
                "insert into audit_event (id, organization_id, at, actor_kind, actor_id, actor_name, resource,"
                        + " resource_id, action, changes) values ('%s', 'org-1', '%s', 'user', 'user-1', 'anna', 'workspace', 'ws-1',"
                        + " 'create', '[]')"),
        LOG_PIECE("log_id", "insert into log_piece (log_id, at, start, size, content) values ('%s', '%s', 0, 1, 'a')");

        private final String id;
        private final String insert;

        Parted(String id, String insert) {
            this.id = id;
            this.insert = insert;
        }

        private String table() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @BeforeEach
    void migrate() {
        database.migrateToLatest();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @EnumSource
    void monthsAreMadeAheadTakeWhatCameEarlierAndGoWhole(Parted parted) {
        LocalDate early = thisMonth.plusMonths(5);
        for (int ahead = 0; ahead < 7; ahead++) {
            add(parted, "row-" + ahead, at(thisMonth.plusMonths(ahead)));
        }
        assertThat(partOf(parted, "row-5")).isEqualTo(parted.table() + "_default");

        store.make(parted.table(), thisMonth.plusMonths(3));
        store.make(parted.table(), thisMonth.plusMonths(4));
        turn(parted, at(early), Optional.empty());
        store.make(parted.table(), early);
        assertThat(partOf(parted, "row-5")).isEqualTo(part(parted, early));
        assertThat(partOf(parted, "row-6")).isEqualTo(part(parted, early.plusMonths(1)));
        assertThat(ids(parted)).isEqualTo("row-6 row-5 row-4 row-3 row-2 row-1 row-0");

        turn(parted, at(early).plus(Duration.ofDays(1)), Optional.of(Duration.ofDays(45)));
        turn(parted, at(early).plus(Duration.ofDays(1)), Optional.of(Duration.ofDays(45)));
        assertThat(ids(parted))
                .as("the fourth month ended within the last 45 days")
                .isEqualTo("row-6 row-5 row-4 row-3");
        assertThat(database.value("select to_regclass('" + parted.table() + "_before')"))
                .isEqualTo("null");
        add(parted, "row-late", at(thisMonth));
        assertThat(partOf(parted, "row-late")).isEqualTo(parted.table() + "_default");
    }

    @Test
    void nothingIsKeptForLessThanADay() {
        assertThatThrownBy(
                        () -> new MonthlyTable("log_piece", "terrafleet.log.keep", Optional.of(Duration.ofHours(23))))
                .hasMessage("terrafleet.log.keep is PT23H and must be at least a day.");
        assertThatCode(() -> new MonthlyTable("log_piece", "terrafleet.log.keep", Optional.of(Duration.ofDays(1))))
                .doesNotThrowAnyException();
    }

    private void turn(Parted parted, Instant now, Optional<Duration> keep) {
        new Months(store, InstantSource.fixed(now)).turn(new MonthlyTable(parted.table(), "a.setting", keep));
    }

    private static Instant at(LocalDate day) {
        return day.atTime(0, 0, 1).toInstant(ZoneOffset.UTC);
    }

    private static String part(Parted parted, LocalDate month) {
        return "%s_%04d_%02d".formatted(parted.table(), month.getYear(), month.getMonthValue());
    }

    private void add(Parted parted, String id, Instant at) {
        database.run(parted.insert.formatted(id, at));
    }

    private String partOf(Parted parted, String id) {
        return database.value(
                "select tableoid::regclass::text from " + parted.table() + " where " + parted.id + " = '" + id + "'");
    }

    /** Newest first. */
    private String ids(Parted parted) {
        return database.value("select string_agg(" + parted.id + ", ' ' order by at desc) from " + parted.table());
    }
}
