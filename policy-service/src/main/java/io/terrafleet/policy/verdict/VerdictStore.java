package io.terrafleet.policy.verdict;

import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.event.PolicyDecision.PolicyDecided;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/** The rows of what was decided. */
public final class VerdictStore {
    private final DataSource dataSource;

    public VerdictStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Call inside the transaction that tells the decision. */
    void add(String eventId, PolicyDecided decision) {
        String insert =
                "insert into judgement (event_id, run_id, plan_sha256, verdict, reasons, sets, evaluation_millis,"
                        + " decided_at) values (?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?)";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement row = connection.prepareStatement(insert)) {
            row.setString(1, eventId);
            row.setString(2, decision.run().value());
            row.setString(3, decision.planSha256());
            row.setString(4, decision.verdict().word());
            row.setString(5, json(decision.reasons()));
            row.setString(6, json(decision.sets()));
            row.setLong(7, decision.evaluationMillis());
            row.setObject(8, OffsetDateTime.ofInstant(decision.decidedAt(), ZoneOffset.UTC));
            row.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the decision on " + decision.run() + " cannot be stored", e);
        }
    }

    /** jsonb knows no NUL. */
    private static String json(Object value) {
        return new String(Json.write(value), StandardCharsets.UTF_8).replace("\\u0000", "\\ufffd");
    }
}
