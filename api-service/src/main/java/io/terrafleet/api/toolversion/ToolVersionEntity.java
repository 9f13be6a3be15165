package io.terrafleet.api.toolversion;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "tool_version")
@SuppressWarnings("NullAway.Init")
class ToolVersionEntity {
    @Id
    String id;

    String engine;
    String version;

    /** JSON: a list of builds, when an administrator brings it. */
    @Nullable
    String builds;

    boolean enabled;
    boolean beta;
    boolean deprecated;

    @Column(name = "deprecated_reason")
    @Nullable
    String deprecatedReason;

    @Column(name = "created_at")
    Instant createdAt;
}
