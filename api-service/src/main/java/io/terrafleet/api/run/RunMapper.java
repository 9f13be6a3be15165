package io.terrafleet.api.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.WorkspaceId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Between the row and the record. */
final class RunMapper {
    private RunMapper() {}

    static Run record(RunEntity row) {
        return new Run(
                new RunId(row.id),
                row.number,
                new WorkspaceId(row.workspaceId),
                row.organizationId,
                row.configurationVersionId,
                options(row),
                row.message,
                row.source,
                row.createdById,
                row.createdByName,
                row.createdAt,
                row.engine,
                row.terraformVersion,
                Optional.ofNullable(row.exactVersion),
                state(row),
                timestamps(row),
                row.policyCheck,
                Optional.ofNullable(row.jobNews),
                Optional.ofNullable(row.agentPoolId));
    }

    static RunState state(RunEntity row) {
        return known(row, row.state, RunState.class);
    }

    private static RunOptions options(RunEntity row) {
        return known(row, row.options, RunOptions.class);
    }

    private static <T> T known(RunEntity row, String json, Class<T> type) {
        return type.cast(row.read.computeIfAbsent(json, unknown -> read(unknown, type)));
    }

    /** Sets the state and every column that follows from it. */
    static void put(RunEntity row, RunState state, Instant now) {
        row.state = write(state);
        row.status = RunView.status(state);
        row.finished = state.isFinished();
        row.holdsTurn = holdsTurn(options(row), state);
        row.changedAt = now;
    }

    private static boolean holdsTurn(RunOptions options, RunState state) {
        boolean waits = state instanceof RunState.Pending || state instanceof RunState.AwaitingTurn;
        boolean applies = state instanceof RunState.ApplyQueued
                || state instanceof RunState.Applying
                || (state instanceof RunState.Stopping stopping
                        && stopping.plan().isPresent());
        return !waits && !state.isFinished() && (applies || options.queues());
    }

    /** In the order in which they came; those of one instant in the order of a run's life. */
    static Map<String, Instant> timestamps(RunEntity row) {
        try {
            Map<String, Instant> stored =
                    Json.mapper().readValue(row.timestamps, new TypeReference<Map<String, Instant>>() {});
            Map<String, Instant> ordered = new LinkedHashMap<>();
            stored.entrySet().stream()
                    .sorted(Map.Entry.<String, Instant>comparingByValue()
                            .thenComparingInt(entry -> RunView.TIMESTAMPS.indexOf(entry.getKey())))
                    .forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
            return ordered;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("run " + row.id + ": the stored timestamps cannot be read", e);
        }
    }

    static String write(Object value) {
        return new String(Json.write(value), StandardCharsets.UTF_8);
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return Json.mapper().readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored " + type.getSimpleName() + " cannot be read", e);
        }
    }
}
