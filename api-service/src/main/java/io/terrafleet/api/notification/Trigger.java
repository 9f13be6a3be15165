package io.terrafleet.api.notification;

import io.terrafleet.api.run.RunState;
import java.util.Arrays;
import java.util.Optional;

/** What a notification can be about. */
public enum Trigger {
    RUN_CREATED("run:created", "Run Created"),
    RUN_PLANNING("run:planning", "Run Planning"),
    RUN_NEEDS_ATTENTION("run:needs_attention", "Run Needs Attention"),
    RUN_APPLYING("run:applying", "Run Applying"),
    RUN_COMPLETED("run:completed", "Run Completed"),
    RUN_ERRORED("run:errored", "Run Errored"),
    ASSESSMENT_DRIFTED("assessment:drifted", "Drift Detected"),
    ASSESSMENT_CHECK_FAILURE("assessment:check_failure", "Check Failed"),
    ASSESSMENT_FAILED("assessment:failed", "Assessment Failed"),
    AUTO_DESTROY_REMINDER("workspace:auto_destroy_reminder", "Auto Destroy Reminder"),
    AUTO_DESTROY_RESULTS("workspace:auto_destroy_run_results", "Auto Destroy Results");

    private final String word;
    private final String title;

    Trigger(String word, String title) {
        this.word = word;
        this.title = title;
    }

    public String word() {
        return word;
    }

    /** For people. */
    public String title() {
        return title;
    }

    public static Optional<Trigger> named(String word) {
        return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
    }

    /** What a run's move is worth telling; empty for the steps between. */
    static Optional<Trigger> of(RunState from, RunState to) {
        return switch (to) {
            case RunState.Pending s -> Optional.empty();
            case RunState.PlanQueued s -> Optional.empty();
            case RunState.Planning s -> Optional.of(RUN_PLANNING);
            case RunState.Assessing s -> Optional.empty();
            case RunState.AwaitingOverride s -> Optional.of(RUN_NEEDS_ATTENTION);
            case RunState.AwaitingConfirmation s -> Optional.of(RUN_NEEDS_ATTENTION);
            case RunState.PlanSaved s -> Optional.of(RUN_NEEDS_ATTENTION);
            case RunState.AwaitingTurn s -> Optional.empty();
            case RunState.PrePlanTasks s -> Optional.empty();
            case RunState.PreApplyTasks s -> Optional.empty();
            case RunState.PostApplyTasks s -> Optional.empty();
            case RunState.ApplyQueued s -> Optional.empty();
            case RunState.Applying s -> Optional.of(RUN_APPLYING);
            case RunState.Stopping s -> Optional.empty();
            case RunState.Applied s -> Optional.of(RUN_COMPLETED);
            case RunState.PlannedAndFinished s -> Optional.of(RUN_COMPLETED);
            case RunState.Discarded s -> Optional.of(RUN_COMPLETED);
            case RunState.Rejected s -> Optional.of(RUN_ERRORED);
            case RunState.Canceled s -> Optional.of(RUN_ERRORED);
            case RunState.Errored s -> Optional.of(RUN_ERRORED);
        };
    }
}
