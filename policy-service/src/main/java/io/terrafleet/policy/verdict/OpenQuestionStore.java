package io.terrafleet.policy.verdict;

import com.fasterxml.jackson.databind.ObjectReader;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.event.RunEvent.PlanCompleted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The rows of plans that wait for their price. */
public final class OpenQuestionStore {
    private static final ObjectReader PLAN = Json.mapper().readerFor(PlanCompleted.class);
    private static final ObjectReader JUDGEMENT = Json.mapper().readerFor(Judge.Judgement.class);

    /** More are left to the next look. */
    private static final int MOST_OVERDUE = 50;

    private final DataSource dataSource;

    public OpenQuestionStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Call inside the transaction that takes the event. */
    void add(OpenQuestion question, Instant deadline) {
        String insert = "insert into open_question (event_id, run_id, plan_sha256, plan, first, millis, deadline)"
                + " values (?, ?, ?, ?, ?, ?, ?)";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement row = connection.prepareStatement(insert)) {
            row.setString(1, question.eventId());
            row.setString(2, question.plan().run().value());
            row.setString(3, question.plan().plan().sha256());
            row.setBytes(4, Json.write(question.plan()));
            row.setBytes(5, Json.write(question.first()));
            row.setLong(6, question.millis());
            row.setObject(7, OffsetDateTime.ofInstant(deadline, ZoneOffset.UTC));
            row.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the plan of " + question.plan().run() + " cannot be kept", e);
        }
    }

    /** Those of exactly this plan. */
    List<OpenQuestion> of(RunId run, String planSha256) {
        return list("where run_id = ? and plan_sha256 = ?", row -> {
            row.setString(1, run.value());
            row.setString(2, planSha256);
        });
    }

    /** Those whose price has not come in time, the oldest first. */
    List<OpenQuestion> overdue(Instant now) {
        return list(
                "where deadline <= ? order by deadline limit " + MOST_OVERDUE,
                row -> row.setObject(1, OffsetDateTime.ofInstant(now, ZoneOffset.UTC)));
    }

    /**
     * Call inside the transaction that tells the decision.
     *
     * @return false when somebody else has answered it
     */
    boolean close(String eventId) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement row = connection.prepareStatement("delete from open_question where event_id = ?")) {
            row.setString(1, eventId);
            return row.executeUpdate() == 1;
        } catch (SQLException e) {
            throw new IllegalStateException("the question of event " + eventId + " cannot be closed", e);
        }
    }

    /** Of a run that ended; most have none. */
    void drop(RunId run) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement row = connection.prepareStatement("delete from open_question where run_id = ?")) {
            row.setString(1, run.value());
            row.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the questions of " + run + " cannot be dropped", e);
        }
    }

    private interface Binding {
        void bind(PreparedStatement row) throws SQLException;
    }

    private List<OpenQuestion> list(String condition, Binding binding) {
        String select = "select event_id, plan, first, millis from open_question " + condition;
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement(select)) {
            binding.bind(query);
            List<OpenQuestion> questions = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    questions.add(new OpenQuestion(
                            row.getString(1),
                            PLAN.readValue(row.getBytes(2)),
                            JUDGEMENT.readValue(row.getBytes(3)),
                            row.getLong(4)));
                }
            }
            return questions;
        } catch (SQLException e) {
            throw new IllegalStateException("the plans that wait for their price cannot be read", e);
        } catch (IOException e) {
            throw new UncheckedIOException("a plan that waits for its price cannot be read", e);
        }
    }
}
