package io.terrafleet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.testkit.OlderDatabase;
import org.junit.jupiter.api.Test;

/** A database of the first version comes forward with its verdicts, and that version goes on writing while the newer one starts. */
class MigrationIT {
    private static final String JUDGEMENT =
            "insert into judgement (event_id, run_id, plan_sha256, verdict, reasons, sets, evaluation_millis, decided_at)"
                    + " values ('%s', 'run-1', 'ab', 'blocked', '[\"unencrypted\"]', '[]', 12, now())";

    @Test
    void verdictsOfTheFirstVersionAreThereAndMoreOfThemCome() {
        try (OlderDatabase database = new OlderDatabase("policy", "migrated_policy", "1")) {
            database.run(JUDGEMENT.formatted("first"));

            database.migrateToLatest();

            database.run(JUDGEMENT.formatted("second"));
            assertThat(database.value("select string_agg(event_id || ' ' || verdict || ' ' || (reasons ->> 0), ', '"
                            + " order by event_id) from judgement where run_id = 'run-1'"))
                    .isEqualTo("first blocked unencrypted, second blocked unencrypted");
            assertThat(database.value("select count(*) from open_question")).isEqualTo("0");
        }
    }
}
