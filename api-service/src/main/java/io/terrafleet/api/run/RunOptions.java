package io.terrafleet.api.run;

import io.terrafleet.api.task.Stage;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How a run was asked for; never changes. Meaning as in {@code terraform plan}.
 *
 * @param taskStages the stages at which it meets run tasks, with the ids of their {@code task-stages}; fixed when the run is made
 */
public record RunOptions(
        boolean planOnly,
        boolean autoApply,
        boolean destroy,
        boolean refresh,
        boolean refreshOnly,
        List<String> targetAddrs,
        List<String> replaceAddrs,
        boolean allowEmptyApply,
        Map<Stage, String> taskStages) {
    public RunOptions {
        taskStages = Map.copyOf(Objects.requireNonNullElse(taskStages, Map.of()));
    }

    boolean asks(Stage stage) {
        return taskStages.containsKey(stage);
    }
}
