package io.terrafleet.api.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.api.OlderDatabase;
import io.terrafleet.contracts.event.AuditEvent.Actor;
import io.terrafleet.contracts.event.AuditEvent.ChangeAudited;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The audit trail across a migration and across months, on a database that an earlier version has filled. */
class AuditMonthsIT {
    private static final String BEFORE_MONTHS = "1.150";

    private final OlderDatabase database = new OlderDatabase("audit_months", BEFORE_MONTHS);
    private final AuditStore store = new AuditStore(database.dataSource());
    private final AuditMonthStore months = new AuditMonthStore(database.dataSource());
    private final LocalDate thisMonth =
            LocalDate.parse(database.value("select date_trunc('month', now() at time zone 'UTC')::date::text"));

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatAnEarlierVersionWroteIsReadAndItsWriterGoesOn() {
        database.run(
                old("ae-old", "2024-02-29T12:00:00Z"),
                old("ae-now", thisMonth + "T00:00:00Z"),
                old("ae-ahead", thisMonth.plusMonths(1) + "T00:00:00Z"));

        database.migrateToLatest();

        assertThat(ids()).containsExactly("ae-ahead", "ae-now", "ae-old");
        assertThat(partOf("ae-now")).isEqualTo("audit_event_before");
        assertThat(partOf("ae-ahead")).isEqualTo(part(thisMonth.plusMonths(1)));
        database.run(old("ae-rolling", thisMonth + "T00:00:01Z"));
        store.add(event("ae-new", at(thisMonth.plusMonths(2))));
        assertThat(ids()).containsExactly("ae-new", "ae-ahead", "ae-rolling", "ae-now", "ae-old");
        assertThat(partOf("ae-new")).isEqualTo(part(thisMonth.plusMonths(2)));
        assertThat(store.count("org-1", at(thisMonth))).isEqualTo(2);
    }

    @Test
    void monthsAreMadeAheadTakeWhatCameEarlierAndGoWhole() {
        database.migrateToLatest();
        LocalDate early = thisMonth.plusMonths(5);
        for (int ahead = 0; ahead < 7; ahead++) {
            store.add(event("ae-" + ahead, at(thisMonth.plusMonths(ahead))));
        }
        assertThat(partOf("ae-5")).isEqualTo("audit_event_default");

        months.make(thisMonth.plusMonths(3));
        months.make(thisMonth.plusMonths(4));
        turn(at(early), Optional.empty());
        months.make(early);
        assertThat(partOf("ae-5")).isEqualTo(part(early));
        assertThat(partOf("ae-6")).isEqualTo(part(early.plusMonths(1)));
        assertThat(ids()).hasSize(7);

        turn(at(early).plus(Duration.ofDays(1)), Optional.of(Duration.ofDays(45)));
        turn(at(early).plus(Duration.ofDays(1)), Optional.of(Duration.ofDays(45)));
        assertThat(ids())
                .as("the fourth month ended within the last 45 days")
                .containsExactly("ae-6", "ae-5", "ae-4", "ae-3");
        assertThat(database.value("select to_regclass('audit_event_before')")).isEqualTo("null");
        store.add(event("ae-late", at(thisMonth)));
        assertThat(partOf("ae-late")).isEqualTo("audit_event_default");
    }

    private void turn(Instant now, Optional<Duration> keep) {
        new AuditMonths(months, () -> keep, InstantSource.fixed(now)).turn();
    }

    private static Instant at(LocalDate day) {
        return day.atTime(0, 0, 1).toInstant(ZoneOffset.UTC);
    }

    private static String part(LocalDate month) {
        return "audit_event_%04d_%02d".formatted(month.getYear(), month.getMonthValue());
    }

    private String partOf(String id) {
        return database.value("select tableoid::regclass::text from audit_event where id = '" + id + "'");
    }

    private List<String> ids() {
        return store.list("org-1", Instant.EPOCH, 0, 100).stream()
                .map(AuditEntry::id)
                .toList();
    }

    private static ChangeAudited event(String id, Instant at) {
        return new ChangeAudited(
                id,
                Optional.of("org-1"),
                at,
                new Actor("user", "user-1", "anna"),
                Optional.empty(),
                Optional.empty(),
                "workspace",
                "ws-1",
                "update",
                List.of());
    }

    private static String old(String id, String at) {
        return "insert into audit_event (id, organization_id, at, actor_kind, actor_id, actor_name, address, request_id, resource,"
                + " resource_id, action, changes) values ('" + id + "', 'org-1', '" + at
                + "', 'user', 'user-1', 'anna', null, null, 'workspace', 'ws-1', 'create', '[]')";
    }
}
