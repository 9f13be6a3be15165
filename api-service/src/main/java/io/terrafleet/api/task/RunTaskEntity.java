package io.terrafleet.api.task;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "run_task")
@SuppressWarnings("NullAway.Init")
class RunTaskEntity {
    @Id
    String id;

    @Column(name = "organization_id")
    String organizationId;

    String name;
    String description;
    String url;

    @Column(name = "sealed_key")
    byte @Nullable [] sealedKey;

    boolean enabled;
    boolean global;

    @Column(name = "global_enforcement")
    String globalEnforcement;

    /** Joined by commas. */
    @Column(name = "global_stages")
    String globalStages;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    String context() {
        return "run-task/" + id;
    }
}
