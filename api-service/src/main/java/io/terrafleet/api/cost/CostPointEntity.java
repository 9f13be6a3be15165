package io.terrafleet.api.cost;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "cost_point")
@SuppressWarnings("NullAway.Init")
class CostPointEntity {
    @Id
    @Column(name = "run_id")
    String runId;

    @Column(name = "organization_id")
    String organizationId;

    @Column(name = "project_id")
    String projectId;

    @Column(name = "project_name")
    String projectName;

    @Column(name = "workspace_id")
    String workspaceId;

    @Column(name = "workspace_name")
    String workspaceName;

    Instant at;

    @Column(name = "prior_monthly")
    BigDecimal prior;

    BigDecimal monthly;

    String currency;

    @Column(name = "prices_as_of")
    @Nullable
    LocalDate pricesAsOf;

    @JdbcTypeCode(SqlTypes.JSON)
    String shares;
}
