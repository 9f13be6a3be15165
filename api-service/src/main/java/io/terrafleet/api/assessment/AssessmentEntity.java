package io.terrafleet.api.assessment;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "assessment")
@SuppressWarnings("NullAway.Init")
class AssessmentEntity {
    @Id
    @Column(name = "run_id")
    String runId;

    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    String cost;

    @Column(name = "cost_at")
    @Nullable
    Instant costAt;

    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    String policy;

    @Column(name = "policy_at")
    @Nullable
    Instant policyAt;
}
