package io.terrafleet.api.budget;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "budget")
@SuppressWarnings("NullAway.Init")
class BudgetEntity {
    @Id
    String id;

    @Column(name = "organization_id")
    String organizationId;

    @Column(name = "project_id")
    @Nullable
    String projectId;

    @Column(name = "workspace_id")
    @Nullable
    String workspaceId;

    String name;

    @Column(name = "maximum_monthly")
    @Nullable
    BigDecimal maximumMonthly;

    @Column(name = "maximum_increase")
    @Nullable
    BigDecimal maximumIncrease;

    @Column(name = "maximum_percent")
    @Nullable
    BigDecimal maximumPercent;

    String action;

    @Column(name = "without_estimate")
    String withoutEstimate;

    @Column(name = "approver_users")
    String[] approverUsers;

    @Column(name = "approver_teams")
    String[] approverTeams;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;
}
