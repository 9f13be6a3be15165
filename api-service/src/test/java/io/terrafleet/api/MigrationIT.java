package io.terrafleet.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Databases of earlier versions come forward with all that is in them, and an earlier version goes on writing while the newer one starts. */
class MigrationIT {
    /** The first schema that could hold a run. */
    private static final String FIRST = "1.13";
    /** Before artifacts could lie in a bucket and the audit trail by months. */
    private static final String BEFORE_BUCKETS = "1.150";

    private static final String HASH = "ab".repeat(32);

    @Test
    void aCompanyOfTheFirstSchemaIsThereInTheLatest() {
        try (OlderDatabase database = new OlderDatabase("migrated_from_first", FIRST)) {
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
        try (OlderDatabase database = new OlderDatabase("rolling_upgrade", BEFORE_BUCKETS)) {
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
}
