package io.terrafleet.api.stage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.api.task.Level;
import io.terrafleet.api.task.Stage;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.RunId;
import java.util.List;
import java.util.Optional;

/** From rows to records. */
final class StageRows {
    private StageRows() {}

    static TaskStage view(StageEntity row, List<ResultEntity> results) {
        return new TaskStage(
                row.id,
                new RunId(row.runId),
                Stage.of(row.stage).orElseThrow(),
                row.status,
                results.stream().map(result -> view(row, result)).toList(),
                row.createdAt,
                row.updatedAt);
    }

    static TaskStage.Result view(StageEntity stage, ResultEntity row) {
        return new TaskStage.Result(
                row.id,
                row.stageId,
                new RunId(row.runId),
                Stage.of(stage.stage).orElseThrow(),
                row.taskId,
                row.taskName,
                row.taskUrl,
                Optional.ofNullable(row.workspaceTaskId),
                Level.of(row.enforcement),
                row.status,
                row.message,
                row.url,
                json(row),
                row.createdAt,
                row.updatedAt);
    }

    private static JsonNode json(ResultEntity row) {
        try {
            return Json.mapper().readTree(row.outcomes);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the outcomes of " + row.id + " cannot be read", e);
        }
    }
}
