package io.terrafleet.api.trigger;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity
@Table(name = "run_trigger")
@SuppressWarnings("NullAway.Init")
class RunTriggerEntity {
    @Id
    String id;

    @Column(name = "workspace_id")
    String workspaceId;

    @Column(name = "source_id")
    String sourceId;

    @Column(name = "created_at")
    Instant createdAt;
}
