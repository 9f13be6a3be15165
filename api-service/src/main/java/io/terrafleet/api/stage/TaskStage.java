package io.terrafleet.api.stage;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.api.task.Level;
import io.terrafleet.api.task.Stage;
import io.terrafleet.contracts.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A stage of one run.
 *
 * @param id {@code ts-} and 16 letters or digits
 * @param status {@code pending}, {@code running}, {@code passed}, {@code failed}, {@code canceled} or {@code unreachable}
 * @param results empty until the run has come to it
 */
public record TaskStage(
        String id, RunId run, Stage stage, String status, List<Result> results, Instant createdAt, Instant updatedAt) {

    /**
     * What one task was asked and answered.
     *
     * @param id {@code taskrs-} and 16 letters or digits
     * @param status {@code pending}, {@code running}, {@code passed}, {@code failed}, {@code errored}, {@code canceled} or {@code
     *     unreachable}
     * @param url where the task tells more
     * @param outcomes as the task sent them, at most 100
     */
    public record Result(
            String id,
            String stageId,
            RunId run,
            Stage stage,
            String taskId,
            String taskName,
            String taskUrl,
            Optional<String> workspaceTaskId,
            Level level,
            String status,
            String message,
            String url,
            JsonNode outcomes,
            Instant createdAt,
            Instant updatedAt) {
        boolean ended() {
            return !status.equals("pending") && !status.equals("running");
        }

        boolean passed() {
            return status.equals("passed");
        }

        /** For people: {@code run task scan failed: 3 findings}. */
        String words() {
            return "Run task " + taskName + " (" + level.word() + ") " + status
                    + (message.isBlank() ? "" : ": " + message);
        }
    }
}
