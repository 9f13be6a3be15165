package io.terrafleet.api.peak;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity
@Table(name = "phase_peak")
@SuppressWarnings("NullAway.Init")
class PeakEntity {
    @Id
    @Column(name = "job_id")
    String jobId;

    @Column(name = "workspace_id")
    String workspaceId;

    String phase;

    @Column(name = "peak_bytes")
    long peakBytes;

    @Column(name = "noted_at")
    Instant notedAt;
}
