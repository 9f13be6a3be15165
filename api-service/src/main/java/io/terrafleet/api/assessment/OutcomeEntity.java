package io.terrafleet.api.assessment;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "policy_set_outcome")
@SuppressWarnings("NullAway.Init")
class OutcomeEntity {
    @Id
    String id;

    @Column(name = "run_id")
    String runId;

    @Column(name = "policy_set_id")
    String policySetId;

    @Column(name = "decided_at")
    @Nullable
    Instant decidedAt;
}
