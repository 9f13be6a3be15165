package io.terrafleet.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.testkit.OlderDatabase;
import org.junit.jupiter.api.Test;

/** Databases of earlier versions come forward with their estimates, and those versions go on writing while the newer one starts. */
class MigrationIT {
    private static final String ESTIMATE =
            "insert into estimate (run_id, plan_sha256, organization, project_id, workspace_id, status, verdict, prior_monthly,"
                    + " proposed_monthly, delta_monthly, prices_as_of, resources, decision, decided_at) values ('%s', 'ab', 'acme', 'prj-1',"
                    + " 'ws-1', 'finished', 'approved', 10.25, 12.50, 2.25, '2026-01-01', '[]', '{}', now())";

    @Test
    void estimatesOfTheFirstVersionAreInDollarsAndMoreOfThemCome() {
        try (OlderDatabase database = new OlderDatabase("cost", "migrated_cost", "1")) {
            database.run(ESTIMATE.formatted("run-1"));

            database.migrateToLatest();

            database.run(ESTIMATE.formatted("run-2"));
            assertThat(database.value("select string_agg(run_id || ' ' || proposed_monthly || ' ' || currency || ' ['"
                            + " || workspace_name || ']', ', ' order by run_id) from estimate"))
                    .isEqualTo("run-1 12.50 USD [], run-2 12.50 USD []");
            assertThat(database.value("select revision from price_book")).isEqualTo("0");
        }
    }

    @Test
    void whatAWorkspaceCostsGoesOnWithoutAnEnd() {
        try (OlderDatabase database = new OlderDatabase("cost", "migrated_cost_points", "2.1")) {
            database.run(
                    "insert into cost_point (run_id, organization, project_id, project_name, workspace_id, workspace_name, at,"
                            + " prior_monthly, monthly, currency, prices_as_of, shares) values ('run-1', 'acme', 'prj-1', 'Default', 'ws-1',"
                            + " 'network', now(), 0, 12.50, 'USD', null, '[]')");

            database.migrateToLatest();

            assertThat(database.value("select monthly || ' ' || coalesce(ended_at::text, 'goes on') from cost_point"))
                    .isEqualTo("12.50 goes on");
        }
    }
}
