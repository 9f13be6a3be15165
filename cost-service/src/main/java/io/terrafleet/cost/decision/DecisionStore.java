package io.terrafleet.cost.decision;

import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.event.CostDecision.CostDecided;
import io.terrafleet.contracts.event.RunEvent.PlanCompleted;
import io.terrafleet.cost.estimate.Estimate;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The rows of what was estimated and decided. */
public final class DecisionStore {
    private static final String INSERT =
            """
            insert into estimate (run_id, plan_sha256, organization, project_id, workspace_id, status, verdict,
                prior_monthly, proposed_monthly, delta_monthly, prices_as_of, resources, decision, decided_at,
                project_name, workspace_name, currency)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?, ?)
            on conflict (run_id, plan_sha256) do update set status = excluded.status, verdict = excluded.verdict,
                prior_monthly = excluded.prior_monthly, proposed_monthly = excluded.proposed_monthly,
                delta_monthly = excluded.delta_monthly, prices_as_of = excluded.prices_as_of,
                resources = excluded.resources, decision = excluded.decision, decided_at = excluded.decided_at,
                project_name = excluded.project_name, workspace_name = excluded.workspace_name,
                currency = excluded.currency
            """;

    private final DataSource dataSource;

    public DecisionStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Call inside the transaction that tells the decision. A plan that is decided again replaces its row.
     *
     * @param estimate with every resource, also those that the decision does not tell; null when there is none
     */
    void put(PlanCompleted plan, CostDecided decision, @Nullable Estimate estimate) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement row = connection.prepareStatement(INSERT)) {
            row.setString(1, plan.run().value());
            row.setString(2, decision.planSha256());
            row.setString(3, plan.document().organization());
            row.setString(4, plan.document().project().id());
            row.setString(5, plan.document().workspace().id());
            row.setString(6, decision.status());
            row.setString(7, decision.verdict().word());
            row.setBigDecimal(8, estimate == null ? null : decision.priorMonthly());
            row.setBigDecimal(9, estimate == null ? null : decision.proposedMonthly());
            row.setBigDecimal(10, estimate == null ? null : decision.deltaMonthly());
            row.setObject(11, decision.pricesAsOf().orElse(null));
            row.setString(12, estimate == null ? null : json(estimate.resources()));
            row.setString(13, json(decision));
            row.setObject(14, OffsetDateTime.ofInstant(decision.decidedAt(), ZoneOffset.UTC));
            row.setString(15, plan.document().project().name());
            row.setString(16, plan.document().workspace().name());
            row.setString(17, estimate == null ? "USD" : estimate.currency());
            row.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the estimate of " + plan.run() + " cannot be stored", e);
        }
    }

    /** jsonb cannot hold the character NUL, which a resource's key may have. */
    private static String json(Object value) {
        return new String(Json.write(value), StandardCharsets.UTF_8).replace("\\u0000", "\\ufffd");
    }
}
