package io.terrafleet.api.audit;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.event.AuditEvent.ChangeAudited;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
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

/** Plain SQL in the transaction at hand: it is written while the session flushes, which must not be disturbed. */
@Singleton
class AuditStore {
    /** By which property of a row its organization is found, and where. */
    private static final Map<String, String> PARENTS = Map.of(
            "workspaceId", "workspace",
            "projectId", "project",
            "teamId", "team",
            "policySetId", "policy_set",
            "variableSetId", "variable_set",
            "policyId", "policy",
            "runId", "run");

    private final AgroalDataSource dataSource;

    AuditStore(@DataSource("api") AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    Optional<String> organizationOf(RowChange change) {
        if (change.table().equals("organization")) {
            return Optional.of(change.id());
        }
        if (change.members().get("organizationId") instanceof String own) {
            return Optional.of(own);
        }
        for (Map.Entry<String, String> parent : PARENTS.entrySet()) {
            if (change.members().get(parent.getKey()) instanceof String id) {
                return organization(parent.getValue(), id);
            }
        }
        return Optional.empty();
    }

    private Optional<String> organization(String table, String id) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select organization_id from " + table + " where id = ?")) {
            select.setString(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot find whose " + table + " " + id + " is", e);
        }
    }

    void add(ChangeAudited event) {
        String insert = "insert into audit_event (id, organization_id, at, actor_kind, actor_id, actor_name, address,"
                + " request_id, resource, resource_id, action, changes) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement row = connection.prepareStatement(insert)) {
            row.setString(1, event.id());
            row.setString(2, event.organization().orElse(null));
            row.setObject(3, OffsetDateTime.ofInstant(event.at(), ZoneOffset.UTC));
            row.setString(4, event.actor().kind());
            row.setString(5, event.actor().id());
            row.setString(6, event.actor().name());
            row.setString(7, event.address().orElse(null));
            row.setString(8, event.requestId().orElse(null));
            row.setString(9, event.resource());
            row.setString(10, event.resourceId());
            row.setString(11, event.action());
            row.setString(12, new String(Json.write(event.changes()), StandardCharsets.UTF_8).replace("\\u0000", "?"));
            row.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot write to the audit trail", e);
        }
    }

    /** Newest first. */
    List<AuditEntry> list(String organizationId, Instant since, int offset, int limit) {
        String select = "select * from audit_event where organization_id = ? and at > ?"
                + " order by at desc, id offset ? limit ?";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setString(1, organizationId);
            statement.setObject(2, OffsetDateTime.ofInstant(since, ZoneOffset.UTC));
            statement.setInt(3, offset);
            statement.setInt(4, limit);
            List<AuditEntry> entries = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    entries.add(entry(row));
                }
            }
            return entries;
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read the audit trail", e);
        }
    }

    long count(String organizationId, Instant since) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "select count(*) from audit_event where organization_id = ? and at > ?")) {
            statement.setString(1, organizationId);
            statement.setObject(2, OffsetDateTime.ofInstant(since, ZoneOffset.UTC));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot count the audit trail", e);
        }
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getString("id"),
                Optional.ofNullable(row.getString("organization_id")),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("actor_kind"),
                row.getString("actor_id"),
                row.getString("actor_name"),
                Optional.ofNullable(row.getString("address")),
                Optional.ofNullable(row.getString("request_id")),
                row.getString("resource"),
                row.getString("resource_id"),
                row.getString("action"),
                row.getString("changes"));
    }
}
