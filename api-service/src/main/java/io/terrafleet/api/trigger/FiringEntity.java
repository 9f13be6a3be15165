package io.terrafleet.api.trigger;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A run that is still to be started. */
@Entity
@Table(name = "run_trigger_firing")
@SuppressWarnings("NullAway.Init")
class FiringEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    long id;

    @Column(name = "run_trigger_id")
    String runTriggerId;

    @Column(name = "source_run_id")
    String sourceRunId;

    @Column(name = "created_at")
    Instant createdAt;
}
