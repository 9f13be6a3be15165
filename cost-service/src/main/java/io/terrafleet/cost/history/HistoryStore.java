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
    /** More points are not read for one question. */
    static final int MOST_POINTS = 50_000;

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

    private static final String POINTS =
            "select * from cost_point where organization = ? and (? = '' or project_id = ?) and (? = '' or"
                    + " workspace_id = ?) and at < ? order by at desc limit " + MOST_POINTS;

    private static final String CURRENT =
            """
            select project_id, sum(monthly) from (
                select distinct on (workspace_id) workspace_id, project_id, monthly
                from cost_point where organization = ? and workspace_id <> ? order by workspace_id, at desc) current
            group by project_id
            """;

    private static final String PROJECTS =
            """
            select organization, project_name, sum(monthly) from (
                select distinct on (workspace_id) workspace_id, organization, project_name, monthly
                from cost_point where ? = '' or organization = ? order by workspace_id, at desc) current
            group by organization, project_name limit 5000
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

    /**
     * The points of an organization until a moment, with those that any range begins with.
     *
     * @param projectId empty for all
     * @param workspaceId empty for all
     */
    List<CostPoint> points(String organization, String projectId, String workspaceId, Instant until) {
        return query(
                POINTS,
                select -> {
                    select.setString(1, organization);
                    select.setString(2, projectId);
                    select.setString(3, projectId);
                    select.setString(4, workspaceId);
                    select.setString(5, workspaceId);
                    select.setObject(6, OffsetDateTime.ofInstant(until, ZoneOffset.UTC));
                },
                row -> {
                    List<CostPoint> points = new ArrayList<>();
                    while (row.next()) {
                        points.add(stored(row));
                    }
                    return points;
                });
    }

    private static CostPoint stored(ResultSet row) throws SQLException {
        List<CostPoint.Share> shares = new ArrayList<>();
        for (JsonNode share : json(row.getString("shares"))) {
            Map<String, String> tags = new TreeMap<>();
            share.path("tags")
                    .properties()
                    .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
            shares.add(new CostPoint.Share(
                    share.path("type").asText(),
                    tags,
                    share.path("resources").asInt(),
                    new BigDecimal(share.path("monthly").asText())));
        }
        return new CostPoint(
                row.getString("run_id"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("organization"),
                row.getString("project_id"),
                row.getString("project_name"),
                row.getString("workspace_id"),
                row.getString("workspace_name"),
                row.getBigDecimal("prior_monthly"),
                row.getBigDecimal("monthly"),
                row.getString("currency"),
                Optional.ofNullable(row.getDate("prices_as_of")).map(Date::toLocalDate),
                shares);
    }

    /** What all workspaces but one cost a month now, by project. */
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

    /** @param organization empty for all */
    List<ProjectGauges.ProjectCost> projects(String organization) {
        return query(
                PROJECTS,
                select -> {
                    select.setString(1, organization);
                    select.setString(2, organization);
                },
                row -> {
                    List<ProjectGauges.ProjectCost> costs = new ArrayList<>();
                    while (row.next()) {
                        costs.add(new ProjectGauges.ProjectCost(
                                row.getString(1), row.getString(2), row.getBigDecimal(3)));
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
