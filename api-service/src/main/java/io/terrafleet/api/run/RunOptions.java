package io.terrafleet.api.run;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.terrafleet.api.task.Stage;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How a run was asked for; never changes. Meaning as in {@code terraform plan}.
 *
 * @param savePlan its plan is kept until somebody applies it, and does not hold the workspace before
 * @param structuredOutput its logs are JSON, a line for each message, for a client that renders them
 * @param taskStages the stages at which it meets run tasks, with the ids of their {@code task-stages}; fixed when the run is made
 * @param configGeneration whether {@code import} blocks without a resource get one written
 * @param debugging whether terraform logs all that it does
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
        boolean savePlan,
        boolean structuredOutput,
        Map<Stage, String> taskStages,
        @JsonSetter(nulls = Nulls.AS_EMPTY) boolean configGeneration,
        @JsonSetter(nulls = Nulls.AS_EMPTY) boolean debugging) {
    public RunOptions {
        taskStages = Map.copyOf(Objects.requireNonNullElse(taskStages, Map.of()));
    }

    boolean asks(Stage stage) {
        return taskStages.containsKey(stage);
    }

    /** Whether already its plan waits for the workspace's turn. */
    boolean queues() {
        return !planOnly && !savePlan;
    }
}
