package io.terrafleet.api.run;

import io.terrafleet.api.task.Stage;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.WorkspaceId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run as the door hands it out.
 *
 * @param number grows with every run of the installation: the order of creation
 * @param source {@code tfe-api}, {@code tfe-ui}, {@code tfe-configuration-version} or {@code terraform+cloud}
 * @param terraformVersion as the workspace asked for it when the run was made
 * @param exactVersion what a runner really used
 * @param timestamps by name as in {@code status-timestamps}, in the order in which they came
 * @param policyCheck whether policy sets of the legacy kind judge its plan; known when there is one
 * @param jobNews the worker's latest word on the waiting job
 * @param cause the run that set it off, with its workspace
 * @param agentPoolId whose agents run it; empty for the workers of this installation
 */
public record Run(
        RunId id,
        long number,
        WorkspaceId workspace,
        String organizationId,
        String configurationVersionId,
        RunOptions options,
        String message,
        String source,
        String createdById,
        String createdByName,
        Instant createdAt,
        String engine,
        String terraformVersion,
        Optional<String> exactVersion,
        RunState state,
        Map<String, Instant> timestamps,
        boolean policyCheck,
        Optional<String> jobNews,
        Optional<String> agentPoolId,
        Optional<NewRun.Cause> cause) {

    public String status() {
        return RunView.status(state);
    }

    /** The id of its {@code task-stages} resource of the stage; that of after the plan it always has. */
    public Optional<String> taskStage(Stage stage) {
        return stage == Stage.POST_PLAN
                ? Optional.of(sibling("ts"))
                : Optional.ofNullable(options.taskStages().get(stage));
    }

    /** In the order of a run's life. */
    public List<String> taskStages() {
        return Arrays.stream(Stage.values())
                .flatMap(stage -> taskStage(stage).stream())
                .toList();
    }

    /** Its siblings are named by the same 16 characters. */
    public String sibling(String prefix) {
        return prefix + id.value().substring("run".length());
    }

    /** The run that a plan, apply, cost estimate, task stage … belongs to; empty when the text is none of that kind. */
    public static Optional<RunId> ofSibling(String prefix, String siblingId) {
        return io.terrafleet.contracts.Ids.isOne(prefix, siblingId)
                ? Optional.of(new RunId("run" + siblingId.substring(prefix.length())))
                : Optional.empty();
    }
}
