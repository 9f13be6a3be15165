package io.terrafleet.cost.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrafleet.contracts.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;

/** The rows of what workspaces cost since when. */
public final class HistoryStore {
    private static final String ESTIMATE =
            """
            select organization, project_id, project_name, workspace_id, workspace_name, currency, prior_monthly,
                proposed_monthly, prices_as_of, resources
            from estimate where run_id = ? and proposed_monthly is not null order by decided_at desc limit 1
            """;

    private static final String INSERT =
            """
            insert into cost_point (run_id, organization, project_id, project_name, workspace_id, workspace_name, at,
                prior_monthly, monthly, currency, prices_as_of, shares)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb) on conflict (run_id) do nothing
            """;

    private static final String END =
            "update cost_point set ended_at = ? where workspace_id = ? and ended_at is null and at <= ?";

    private static final String CURRENT =
            """
            select project_id, sum(monthly) from (
                select distinct on (workspace_id) workspace_id, project_id, monthly
                from cost_point where organization = ? and workspace_id <> ? and ended_at is null and currency = 'USD'
                order by workspace_id, at desc) current
            group by project_id
            """;

    private static final String PROJECTS =
            """
            select organization, project_name, currency, sum(case when ended_at is null then monthly else 0 end) from (
                select distinct on (workspace_id) workspace_id, organization, project_name, currency, monthly, ended_at
                from cost_point order by workspace_id, at desc) current
            group by organization, project_name, currency limit 5000
            """;

    private final DataSource dataSource;

    public HistoryStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The point that a run's estimate becomes once it is applied; empty when the run has none. */
    Optional<CostPoint> estimated(String run, Instant at) {
        return query(
                ESTIMATE,
                select -> select.setString(1, run),
                row -> row.next() ? Optional.of(point(run, at, row)) : Optional.empty());
    }

    private static CostPoint point(String run, Instant at, ResultSet row) throws SQLException {
        return new CostPoint(
                run,
                at,
                row.getString("organization"),
                row.getString("project_id"),
                row.getString("project_name"),
                row.getString("workspace_id"),
                row.getString("workspace_name"),
                row.getBigDecimal("prior_monthly"),
                row.getBigDecimal("proposed_monthly"),
                row.getString("currency"),
                Optional.ofNullable(row.getDate("prices_as_of")).map(Date::toLocalDate),
                Shares.of(json(row.getString("resources"))));
    }

    /** The first counts. */
    void put(CostPoint point) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement row = connection.prepareStatement(INSERT)) {
            row.setString(1, point.run());
            row.setString(2, point.organization());
            row.setString(3, point.projectId());
            row.setString(4, point.projectName());
            row.setString(5, point.workspaceId());
            row.setString(6, point.workspaceName());
            row.setObject(7, OffsetDateTime.ofInstant(point.at(), ZoneOffset.UTC));
            row.setBigDecimal(8, point.prior());
            row.setBigDecimal(9, point.monthly());
            row.setString(10, point.currency());
            row.setObject(11, point.pricesAsOf().orElse(null));
            row.setString(12, new String(Json.write(written(point.shares())), StandardCharsets.UTF_8));
            row.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the cost point of " + point.run() + " cannot be stored", e);
        }
    }

    /** The workspace's points count until then. */
    void end(String workspaceId, Instant at) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement(END)) {
            update.setObject(1, OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
            update.setString(2, workspaceId);
            update.setObject(3, OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
            update.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the cost points of " + workspaceId + " cannot be ended", e);
        }
    }

    /** What all workspaces but one cost a month now, by project; those billed in US dollars, as budgets are. */
    Map<String, BigDecimal> others(String organization, String workspaceId) {
        return query(
                CURRENT,
                select -> {
                    select.setString(1, organization);
                    select.setString(2, workspaceId);
                },
                row -> {
                    Map<String, BigDecimal> sums = new TreeMap<>();
                    while (row.next()) {
                        sums.put(row.getString(1), row.getBigDecimal(2));
                    }
                    return sums;
                });
    }

    List<ProjectGauges.ProjectCost> projects() {
        return query(PROJECTS, select -> {}, row -> {
            List<ProjectGauges.ProjectCost> costs = new ArrayList<>();
            while (row.next()) {
                costs.add(new ProjectGauges.ProjectCost(
                        row.getString(1), row.getString(2), row.getString(3), row.getBigDecimal(4)));
            }
            return costs;
        });
    }

    private static ArrayNode written(List<CostPoint.Share> shares) {
        ArrayNode array = Json.mapper().createArrayNode();
        for (CostPoint.Share share : shares) {
            ObjectNode node = array.addObject();
            node.put("type", share.type()).put("resources", share.resources());
            node.put("monthly", share.monthly().toPlainString());
            ObjectNode tags = node.putObject("tags");
            share.tags().forEach(tags::put);
        }
        return array;
    }

    private static JsonNode json(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a column of ours is not JSON", e);
        }
    }

    @FunctionalInterface
    private interface Arguments {
        void set(PreparedStatement select) throws SQLException;
    }

    @FunctionalInterface
    private interface Answer<T> {
        T read(ResultSet rows) throws SQLException;
    }

    private <T> T query(String sql, Arguments arguments, Answer<T> answer) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            arguments.set(select);
            try (ResultSet rows = select.executeQuery()) {
                return answer.read(rows);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the history of costs cannot be read", e);
        }
    }
}
