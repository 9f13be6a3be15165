package io.terrafleet.api.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.contracts.event.AuditEvent.Actor;
import io.terrafleet.contracts.event.AuditEvent.ChangeAudited;
import io.terrafleet.testkit.OlderDatabase;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The audit trail across its migration to parts by month, on a database that an earlier version has filled. */
class AuditMonthsIT {
    private static final String BEFORE_MONTHS = "1.150";

    private final OlderDatabase database = new OlderDatabase("api", "audit_months", BEFORE_MONTHS);
    private final AuditStore store = new AuditStore(database.dataSource());
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
