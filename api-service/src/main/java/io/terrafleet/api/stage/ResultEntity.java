package io.terrafleet.api.stage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "run_task_result")
@SuppressWarnings("NullAway.Init")
class ResultEntity {
    @Id
    String id;

    @Column(name = "stage_id")
    String stageId;

    @Column(name = "run_id")
    String runId;

    @Column(name = "task_id")
    String taskId;

    @Column(name = "task_name")
    String taskName;

    @Column(name = "task_url")
    String taskUrl;

    @Column(name = "workspace_task_id")
    @Nullable
    String workspaceTaskId;

    String enforcement;
    String status;
    String message;
    String url;

    @JdbcTypeCode(SqlTypes.JSON)
    String outcomes;

    @Column(name = "token_hash")
    byte @Nullable [] tokenHash;

    int attempts;
    boolean sent;

    /** When it is asked (again), or has been silent for too long. */
    @Column(name = "next_at")
    Instant nextAt;

    @Column(name = "end_by")
    Instant endBy;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    boolean ended() {
        return !status.equals("pending") && !status.equals("running");
    }
}
