package io.terrafleet.standalone.soak;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.standalone.client.ApiFailure;
import io.terrafleet.standalone.client.Run;
import io.terrafleet.standalone.client.TfeClient;
import io.terrafleet.standalone.soak.History.Judgement;
import io.terrafleet.standalone.soak.History.PhaseLog;
import io.terrafleet.standalone.soak.History.RunRow;
import io.terrafleet.standalone.soak.History.StateRow;
import io.terrafleet.standalone.soak.History.WorkspaceRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gathers a {@link History} when the weather is good again and nothing moves any more. */
final class HistoryReader implements AutoCloseable {
    private static final String RUNS = "select id, number, workspace_id, status, finished, holds_turn,"
            + " state #>> '{plan,json,sha256}' as plan_sha256, coalesce(state ->> 'message', '') as message"
            + " from api.run order by number";

    private final Connection connection;
    private final TfeClient api;
    private final Topics topics;
    private final Path journal;

    private HistoryReader(Connection connection, TfeClient api, Topics topics, Path journal) {
        this.connection = connection;
        this.api = api;
        this.topics = topics;
        this.journal = journal;
    }

    /** @param postgres the server's own port */
    static HistoryReader open(int postgres, TfeClient api, Topics topics, Path journal) {
        try {
            Connection connection = DriverManager.getConnection(
                    "jdbc:postgresql://localhost:" + postgres + "/terrafleet", "postgres", "postgres");
            return new HistoryReader(connection, api, topics, journal);
        } catch (SQLException e) {
            throw new SoakBroken("the database cannot be read", e);
        }
    }

    History read() {
        List<RunRow> runs = rows(RUNS, this::run);
        return new History(
                runs,
                rows(
                        "select id, name, lock_holder, lock_holder_name from api.workspace order by name",
                        this::workspace),
                rows(
                        "select workspace_id, sequence, serial, lineage, md5, coalesce(run_id, '') as run_id"
                                + " from api.state_version where status = 'finalized' order by sequence",
                        row -> new StateRow(
                                row.getString("workspace_id"),
                                row.getLong("sequence"),
                                row.getLong("serial"),
                                row.getString("lineage"),
                                row.getString("md5"),
                                row.getString("run_id"))),
                rows("select job_id from api.job_lease where ended_at is null", row -> row.getString("job_id")),
                judgements(),
                Set.copyOf(new HashSet<>(
                        rows("select run_id from api.override_approval", row -> row.getString("run_id")))),
                outboxes(),
                topics.published(),
                entries(),
                logs(runs));
    }

    /** Facts that wait in a service's outbox. */
    Map<String, Integer> outboxes() {
        Map<String, Integer> waiting = new HashMap<>();
        for (String schema : List.of("api", "policy", "cost")) {
            waiting.put(
                    schema,
                    rows("select count(*) from " + schema + ".outbox", row -> row.getInt(1))
                            .getFirst());
        }
        return waiting;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new SoakBroken("the database's connection does not close", e);
        }
    }

    private interface Mapping<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> List<T> rows(String query, Mapping<T> mapping) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            List<T> all = new ArrayList<>();
            while (row.next()) {
                all.add(mapping.of(row));
            }
            return all;
        } catch (SQLException e) {
            throw new SoakBroken("the database cannot be read: " + query, e);
        }
    }

    private RunRow run(ResultSet row) throws SQLException {
        String id = row.getString("id");
        boolean finished = row.getBoolean("finished");
        Optional<Run> shown = finished ? Optional.empty() : Optional.of(api.run(id));
        return new RunRow(
                id,
                row.getLong("number"),
                row.getString("workspace_id"),
                row.getString("status"),
                finished,
                row.getBoolean("holds_turn"),
                Optional.ofNullable(row.getString("plan_sha256")),
                shown.flatMap(Run::waitingFor),
                shown.filter(run -> run.isConfirmable() || run.status().equals("policy_override"))
                        .isPresent(),
                row.getString("message"));
    }

    private WorkspaceRow workspace(ResultSet row) throws SQLException {
        String id = row.getString("id");
        String holder = row.getString("lock_holder");
        return new WorkspaceRow(id, row.getString("name"), Optional.ofNullable(holder), served(id));
    }

    private Optional<String> served(String workspace) {
        try {
            return Optional.of(
                    HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(api.state(workspace))));
        } catch (ApiFailure none) {
            if (none.status() == 404) {
                return Optional.empty();
            }
            throw none;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has MD5", e);
        }
    }

    private List<Judgement> judgements() {
        List<Judgement> all = new ArrayList<>(
                rows("select run_id, plan_sha256, verdict from policy.judgement", row -> judgement("policy", row)));
        all.addAll(rows("select run_id, plan_sha256, verdict from cost.estimate", row -> judgement("cost", row)));
        return all;
    }

    private static Judgement judgement(String judge, ResultSet row) throws SQLException {
        return new Judgement(judge, row.getString("run_id"), row.getString("plan_sha256"), row.getString("verdict"));
    }

    private List<Entry> entries() {
        try {
            return Files.readAllLines(journal, StandardCharsets.UTF_8).stream()
                    .map(Entry::parse)
                    .flatMap(Optional::stream)
                    .sorted(Comparator.comparingLong(Entry::micros))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(journal + " cannot be read", e);
        }
    }

    private List<PhaseLog> logs(List<RunRow> runs) {
        List<PhaseLog> all = new ArrayList<>();
        for (RunRow row : runs) {
            if (row.planSha256().isPresent()) {
                Run run = api.run(row.id());
                run.planId().ifPresent(id -> all.add(new PhaseLog(row.id(), "plan", log("plans/" + id))));
                if (row.status().equals("applied")) {
                    run.applyId().ifPresent(id -> all.add(new PhaseLog(row.id(), "apply", log("applies/" + id))));
                }
            }
        }
        return all;
    }

    private String log(String path) {
        JsonNode attributes = api.attributes(path);
        String url = attributes.path("log-read-url").asText();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (byte[] piece = api.log(url, 0); piece.length > 0; piece = api.log(url, text.size())) {
            text.writeBytes(piece);
        }
        return text.toString(StandardCharsets.UTF_8);
    }
}
