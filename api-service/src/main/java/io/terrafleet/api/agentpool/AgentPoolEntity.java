package io.terrafleet.api.agentpool;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity
@Table(name = "agent_pool")
@SuppressWarnings("NullAway.Init")
class AgentPoolEntity {
    @Id
    String id;

    @Column(name = "organization_id")
    String organizationId;

    String name;

    @Column(name = "organization_scoped")
    boolean organizationScoped;

    @Column(name = "created_at")
    Instant createdAt;
}
