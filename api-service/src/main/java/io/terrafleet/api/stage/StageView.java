package io.terrafleet.api.stage;

import io.terrafleet.api.document.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Stages and results in the words of the TFE API. */
public final class StageView {
    private StageView() {}

    /** A stage that only run tasks are asked at. */
    public static Resource of(TaskStage stage) {
        return Resource.of("task-stages", stage.id())
                .with("stage", stage.stage().word())
                .with("status", stage.status())
                .with("status-timestamps", timestamps(stage.status(), stage.updatedAt()))
                .with("created-at", stage.createdAt())
                .with("updated-at", stage.updatedAt())
                .with("actions", Map.of("is-overridable", false))
                .with(
                        "permissions",
                        Map.of("can-override-policy", false, "can-override-tasks", false, "can-override", false))
                .toOne("run", "runs", stage.run().value())
                .toMany(
                        "task-results",
                        "task-results",
                        stage.results().stream().map(TaskStage.Result::id).toList())
                .toMany("policy-evaluations", "policy-evaluations", List.of())
                .toOne("cost-estimate", "cost-estimates", null)
                .link("self", "/api/v2/task-stages/" + stage.id());
    }

    /** @param speculative whether its run only plans */
    public static Resource of(TaskStage.Result result, boolean speculative) {
        return Resource.of("task-results", result.id())
                .with("status", result.status())
                .with("message", result.message())
                .with("url", result.url())
                .with("stage", result.stage().word())
                .with("status-timestamps", timestamps(result.status(), result.updatedAt()))
                .with("created-at", result.createdAt())
                .with("updated-at", result.updatedAt())
                .with("task-id", result.taskId())
                .with("task-name", result.taskName())
                .with("task-url", result.taskUrl())
                .with("task-result-outcomes-count", result.outcomes().size())
                .with("workspace-task-id", result.workspaceTaskId())
                .with("workspace-task-enforcement-level", result.level().word())
                .with("is-speculative", speculative)
                .toOne("task-stage", "task-stages", result.stageId())
                .link("self", "/api/v2/task-results/" + result.id());
    }

    /** Only the last change is kept: when it became what it is. */
    private static Map<String, Instant> timestamps(String status, Instant since) {
        return status.equals("pending") ? Map.of() : Map.of(status + "-at", since);
    }
}
