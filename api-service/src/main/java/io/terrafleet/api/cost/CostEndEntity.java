package io.terrafleet.api.cost;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity
@Table(name = "cost_end")
@SuppressWarnings("NullAway.Init")
class CostEndEntity {
    @Id
    @Column(name = "workspace_id")
    String workspaceId;

    @Column(name = "organization_id")
    String organizationId;

    Instant at;
}
