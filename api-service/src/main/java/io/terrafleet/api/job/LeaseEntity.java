package io.terrafleet.api.job;

import io.terrafleet.contracts.JobId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "job_lease")
@SuppressWarnings("NullAway.Init")
class LeaseEntity {
    @Id
    @Column(name = "job_id")
    String jobId;

    @Column(name = "run_id")
    String runId;

    String claimant;

    @Column(name = "token_hash")
    byte[] tokenHash;

    long fence;

    @Column(name = "log_base")
    long logBase;

    String place;

    @Column(name = "terraform_version")
    String terraformVersion;

    @Column(name = "claimed_at")
    Instant claimedAt;

    @Column(name = "renewed_at")
    Instant renewedAt;

    @Column(name = "ended_at")
    @Nullable
    Instant endedAt;

    JobId job() {
        return JobId.of(jobId);
    }
}
