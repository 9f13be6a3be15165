package io.terrafleet.api.assessment;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity
@Table(name = "override_approval")
@SuppressWarnings("NullAway.Init")
class ApprovalEntity {
    @Id
    String id;

    @Column(name = "run_id")
    String runId;

    /** The word of a {@link Part}. */
    String part;

    @Column(name = "user_id")
    String userId;

    @Column(name = "user_name")
    String userName;

    String comment;

    @Column(name = "created_at")
    Instant createdAt;
}
