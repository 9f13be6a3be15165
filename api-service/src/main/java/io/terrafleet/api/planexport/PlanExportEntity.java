package io.terrafleet.api.planexport;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "plan_export")
@SuppressWarnings("NullAway.Init")
class PlanExportEntity {
    @Id
    String id;

    @Column(name = "organization_id")
    String organizationId;

    @Column(name = "run_id")
    String runId;

    @Column(name = "data_type")
    String dataType;

    String status;

    @Nullable
    String error;

    @Column(name = "artifact_id")
    @Nullable
    String artifactId;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "finished_at")
    @Nullable
    Instant finishedAt;
}
