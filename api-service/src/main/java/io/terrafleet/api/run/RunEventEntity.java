package io.terrafleet.api.run;

import io.terrafleet.contracts.RunId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** What somebody did to a run; only ever added. */
@Entity
@Table(name = "run_event")
@SuppressWarnings("NullAway.Init")
class RunEventEntity {
    @Id
    String id;

    @Column(name = "run_id")
    String runId;

    String action;

    String actor;

    String comment;

    @Column(name = "created_at")
    Instant createdAt;

    RunReading.RunEvent view() {
        return new RunReading.RunEvent(id, new RunId(runId), action, actor, comment, createdAt);
    }
}
