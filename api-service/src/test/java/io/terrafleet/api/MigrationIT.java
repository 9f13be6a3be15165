package io.terrafleet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrafleet.testkit.OlderDatabase;
import org.junit.jupiter.api.Test;

/** Databases of earlier versions come forward with all that is in them, and an earlier version goes on writing while the newer one starts. */
class MigrationIT {
    /** The first schema that could hold a run. */
    private static final String FIRST = "1.13";
    /** Before artifacts could lie in a bucket and the audit trail by months. */
    private static final String BEFORE_BUCKETS = "1.150";

    /** Before logs lay by months. */
    private static final String BEFORE_LOG_MONTHS = "1.180";

    private static final String HASH = "ab".repeat(32);

    private static final String RESEALING_ROW =
            "insert into resealing (id, key, begun_at, resealed, pass_begun_at, pass_column,"
                    + " pass_after, pass_foreign, pass_counts, counts) values (1, '', 'epoch', 0, 'epoch', 0, '(0,0)', 0, '{}', '{}')"
                    + " on conflict do nothing";

    @Test
    void aCompanyOfTheFirstSchemaIsThereInTheLatest() {
        try (OlderDatabase database = new OlderDatabase("api", "migrated_from_first", FIRST)) {
            database.run(
                    "insert into organization (id, name, email, default_execution_mode, allow_force_delete_workspaces, created_at)"
                            + " values ('org-1', 'acme', 'a@acme', 'remote', false, now())",
                    "insert into project (id, organization_id, name, description, is_default, created_at)"
                            + " values ('prj-1', 'org-1', 'Default', '', true, now())",
                    "insert into workspace (id, organization_id, project_id, name, description, auto_apply, execution_mode, engine,"
                            + " terraform_version, working_directory, allow_destroy_plan, queue_all_runs, created_at, updated_at,"
                            + " changed_at) values ('ws-1', 'org-1', 'prj-1', 'network', 'the net', true, 'remote', 'terraform',"
                            + " '1.11.4', '', true, false, now(), now(), now())",
                    "insert into artifact (id, sha256, size, sealed_key, created_at) values ('art-1', '" + HASH
                            + "', 70000, 'key', now())",
                    "insert into log (id, length, closed) values ('run-1-plan', 5, true)",
                    "insert into log_chunk (log_id, start, size, content) values ('run-1-plan', 0, 5, 'abcde')");

            database.migrateToLatest();

            assertThat(database.value("select w.name || ' of ' || p.name || ' of ' || o.name from workspace w"
                            + " join project p on p.id = w.project_id join organization o on o.id = p.organization_id"))
                    .isEqualTo("network of Default of acme");
            assertThat(database.value(
                            "select convert_from(content, 'UTF8') from log_chunk where log_id = 'run-1-plan'"))
                    .isEqualTo("abcde");
            assertThat(database.value("select coalesce(object, 'in a file') from artifact where id = 'art-1'"))
                    .isEqualTo("in a file");
        }
    }

    /** What the version before says to the database while both run. */
    @Test
    void theVersionBeforeGoesOnWriting() {
        try (OlderDatabase database = new OlderDatabase("api", "rolling_upgrade", BEFORE_BUCKETS)) {
            database.migrateToLatest();

            database.run(
                    "insert into artifact (id, sha256, size, created_at, sealed_key) values ('art-1', '" + HASH
                            + "', 70000, now(), 'key')",
                    "insert into artifact (id, sha256, size, created_at, sealed_content) values ('art-2', '" + HASH
                            + "', 7, now(), 'sealed')",
                    "insert into log (id) values ('run-1-plan') on conflict (id) do update set id = excluded.id returning length, closed",
                    "with grown as (update log set length = length + 5 where id = 'run-1-plan' and length = 0 and not closed"
                            + " returning id) insert into log_chunk (log_id, start, size, content) select id, 0, 5, 'abcde' from grown",
                    "delete from artifact where id = 'art-2'");

            assertThat(database.value("select count(*) from artifact where sealed_key is not null and object is null"))
                    .isEqualTo("1");
            assertThat(database.value("select length from log where id = 'run-1-plan'"))
                    .isEqualTo("5");
        }
    }

    /** Logs that the version before has written stay readable, and it goes on with them and with those of the newer version. */
    @Test
    void logsOfTheVersionBeforeAndOfTheNewerOneAreOne() {
        try (OlderDatabase database = new OlderDatabase("api", "rolling_logs", BEFORE_LOG_MONTHS)) {
            database.run(begin("run-1-plan"), grow("run-1-plan", 0, "abcde"), grow("run-1-plan", 5, "fghij"));

            database.migrateToLatest();

            assertThat(pieces(database, "log_piece", "run-1-plan")).isEqualTo("abcdefghij");
            assertThat(pieces(database, "log_chunk", "run-1-plan")).isEqualTo("abcdefghij");
            database.run(grow("run-1-plan", 10, "klmno"), begin("run-2-plan"), grow("run-2-plan", 0, "12345"));
            assertThat(pieces(database, "log_piece", "run-1-plan")).isEqualTo("abcdefghijklmno");
            assertThat(pieces(database, "log_chunk", "run-1-plan")).isEqualTo("abcdefghijklmno");
            assertThat(pieces(database, "log_piece", "run-2-plan")).isEqualTo("12345");
            assertThat(parts(database, "run-1-plan")).isEqualTo("log_piece_before");

            String later = "now() + interval '1 month'";
            database.run(
                    "insert into log (id, at) values ('run-3-plan', " + later + ")", grow("run-3-plan", 0, "12345"));
            database.run("insert into log_chunk (log_id, start, size, content) values ('run-3-plan', 5, 5, '67890')");
            assertThat(pieces(database, "log_chunk", "run-3-plan")).isEqualTo("1234567890");
            assertThat(parts(database, "run-3-plan"))
                    .as("the month in which the log began, whenever a piece is written")
                    .isEqualTo("log_piece_"
                            + database.value("select to_char((" + later + ") at time zone 'UTC', 'YYYY_MM')"));
            assertThatThrownBy(() -> database.run("insert into log_chunk (log_id, start, size, content)"
                            + " values ('run-3-plan', 5, 5, '67890')"))
                    .hasStackTraceContaining("duplicate key value violates unique constraint");
        }
    }

    private static String begin(String log) {
        return "insert into log (id) values ('" + log
                + "') on conflict (id) do update set id = excluded.id returning length, closed";
    }

    private static String grow(String log, int start, String text) {
        return "with grown as (update log set length = length + 5 where id = '" + log + "' and length = " + start
                + " and not closed returning id) insert into log_chunk (log_id, start, size, content) select id, "
                + start
                + ", 5, '" + text + "' from grown";
    }

    private static String pieces(OlderDatabase database, String table, String log) {
        return database.value("select string_agg(convert_from(content, 'UTF8'), '' order by start) from " + table
                + " where log_id = '" + log + "' and start < 1000 and start + size > 0");
    }

    private static String parts(OlderDatabase database, String log) {
        return database.value(
                "select string_agg(distinct tableoid::regclass::text, ' ') from log_piece where log_id = '" + log
                        + "'");
    }

    /** It does not know the parts of tables, so what it finds proves nothing: it does not get at the row. */
    @Test
    void theVersionBeforeDoesNotSayThatEverythingIsSealedAnew() {
        try (OlderDatabase database = new OlderDatabase("api", "rolling_resealing", BEFORE_LOG_MONTHS)) {
            database.run(
                    RESEALING_ROW,
                    "update resealing set key = '0badcafe', finished_at = '2026-01-01T12:00:00Z', counted_at = now()");

            database.migrateToLatest();

            database.run(RESEALING_ROW, "update resealing set finished_at = now() where id = 1");
            assertThat(database.value("select count(*) from resealing")).isEqualTo("1");
            assertThat(database.value("select key || (finished_at = '2026-01-01T12:00:00Z') from resealing"))
                    .as("what was found before is still true")
                    .isEqualTo("0badcafetrue");
        }
    }
}
