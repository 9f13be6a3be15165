package io.terrafleet.api.stage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity
@Table(name = "run_task_stage")
@SuppressWarnings("NullAway.Init")
class StageEntity {
    @Id
    String id;

    @Column(name = "run_id")
    String runId;

    String stage;
    String status;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;
}
