package io.terrafleet.api.agentpool;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "agent")
@SuppressWarnings("NullAway.Init")
class AgentEntity {
    @Id
    String id;

    @Column(name = "pool_id")
    String poolId;

    String name;

    @Nullable
    String address;

    boolean busy;

    boolean exited;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "last_ping_at")
    Instant lastPingAt;
}
