package io.terrafleet.api.task;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity
@Table(name = "workspace_task")
@SuppressWarnings("NullAway.Init")
class WorkspaceTaskEntity {
    @Id
    String id;

    @Column(name = "workspace_id")
    String workspaceId;

    @Column(name = "task_id")
    String taskId;

    String enforcement;

    /** Joined by commas. */
    String stages;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;
}
