package io.terrafleet.api.cost;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.quarkus.hibernate.orm.PersistenceUnit;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.event.CostReport.CostRecorded;
import io.terrafleet.contracts.event.CostReport.CostShare;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The rows of points and ends. */
@Singleton
class CostStore {
    /** More points are not read for one question; the latest are. */
    static final int MOST_POINTS = 50_000;

    private static final String KNOWN =
            """
            select last.workspace_id, coalesce(w.project_id, last.project_id), coalesce(p.name, last.project_name),
                coalesce(w.name, last.workspace_name), w.id is not null
            from (select distinct on (workspace_id) workspace_id, project_id, project_name, workspace_name
                from cost_point where organization_id = ?1 order by workspace_id, at desc) last
            left join workspace w on w.id = last.workspace_id
            left join project p on p.id = w.project_id
            """;

    private final EntityManager entities;

    CostStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    /** False when the run has its point already. */
    boolean add(CostRecorded recorded, String organizationId) {
        return entities.createNativeQuery(
                                """
                                insert into cost_point (run_id, organization_id, project_id, project_name, workspace_id,
                                    workspace_name, at, prior_monthly, monthly, currency, prices_as_of, shares)
                                values (:run, :organization, :project, :projectName, :workspace, :workspaceName, :at,
                                    :prior, :monthly, :currency, cast(:pricesAsOf as date), cast(:shares as jsonb))
                                on conflict (run_id) do nothing""")
                        .setParameter("run", recorded.run().value())
                        .setParameter("organization", organizationId)
                        .setParameter("project", recorded.projectId())
                        .setParameter("projectName", recorded.projectName())
                        .setParameter("workspace", recorded.workspace().value())
                        .setParameter("workspaceName", recorded.workspaceName())
                        .setParameter("at", recorded.at())
                        .setParameter("prior", recorded.prior())
                        .setParameter("monthly", recorded.monthly())
                        .setParameter("currency", recorded.currency())
                        .setParameter(
                                "pricesAsOf",
                                recorded.pricesAsOf().map(LocalDate::toString).orElse(null))
                        .setParameter("shares", new String(Json.write(recorded.shares()), StandardCharsets.UTF_8))
                        .executeUpdate()
                == 1;
    }

    void end(String organizationId, String workspaceId, Instant at) {
        CostEndEntity row = new CostEndEntity();
        row.workspaceId = workspaceId;
        row.organizationId = organizationId;
        row.at = at;
        entities.merge(row);
    }

    /**
     * A workspace that has points, by the names of now, or its last ones when it is gone.
     *
     * @param there whether it still exists
     */
    record Known(String id, String projectId, String projectName, String name, boolean there) {}

    List<Known> known(String organizationId) {
        @SuppressWarnings("unchecked")
        List<Object[]> rows = entities.createNativeQuery(KNOWN)
                .setParameter(1, organizationId)
                .getResultList();
        return rows.stream()
                .map(row ->
                        new Known((String) row[0], (String) row[1], (String) row[2], (String) row[3], (Boolean) row[4]))
                .toList();
    }

    /**
     * Until a moment, the latest first.
     *
     * @param organization its name
     * @param workspaces of these alone, by id
     */
    List<CostPoint> points(String organizationId, String organization, Map<String, Known> workspaces, Instant until) {
        return workspaces.isEmpty()
                ? List.of()
                : entities.createQuery(
                                "from CostPointEntity where organizationId = :organization and workspaceId in"
                                        + " (:workspaces) and at <= :until order by at desc",
                                CostPointEntity.class)
                        .setParameter("organization", organizationId)
                        .setParameter("workspaces", workspaces.keySet())
                        .setParameter("until", until)
                        .setMaxResults(MOST_POINTS)
                        .getResultStream()
                        .map(row -> point(row, organization, Objects.requireNonNull(workspaces.get(row.workspaceId))))
                        .toList();
    }

    /** When the workspaces that are gone ended. */
    Map<String, Instant> ends(String organizationId) {
        return entities.createQuery("from CostEndEntity where organizationId = :organization", CostEndEntity.class)
                .setParameter("organization", organizationId)
                .getResultStream()
                .collect(Collectors.toMap(row -> row.workspaceId, row -> row.at));
    }

    private static CostPoint point(CostPointEntity row, String organization, Known workspace) {
        return new CostPoint(
                row.runId,
                row.at,
                organization,
                workspace.projectId(),
                workspace.projectName(),
                row.workspaceId,
                workspace.name(),
                row.prior,
                row.monthly,
                row.currency,
                Optional.ofNullable(row.pricesAsOf),
                shares(row.shares));
    }

    private static List<CostPoint.Share> shares(String json) {
        try {
            return Json.mapper().readValue(json, new TypeReference<List<CostShare>>() {}).stream()
                    .map(share -> new CostPoint.Share(share.type(), share.tags(), share.resources(), share.monthly()))
                    .toList();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the stored shares of a cost point cannot be read", e);
        }
    }
}
