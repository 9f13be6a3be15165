package io.terrafleet.api.review;

import io.terrafleet.api.host.CommitStatus.State;
import io.terrafleet.api.run.RunState;
import io.terrafleet.contracts.runner.PhaseResult.Counts;
import java.util.List;

/**
 * What is said of a run: how it stands, in a few words. Follows the run to its end, so a failed apply does not leave a green plan behind.
 */
record Word(State state, String text) {

    static Word of(RunState state) {
        return switch (state) {
            case RunState.Pending s -> new Word(State.PENDING, "Waits for its turn");
            case RunState.PrePlanTasks s -> new Word(State.PENDING, "Asks run tasks before the plan");
            case RunState.PlanQueued s -> new Word(State.PENDING, "Waits for a runner");
            case RunState.Planning s -> new Word(State.RUNNING, "Plans");
            case RunState.Assessing s ->
                new Word(State.RUNNING, counts("Planned", s.plan().counts()) + "; cost and policy are judged");
            case RunState.AwaitingOverride s ->
                new Word(State.FAILURE, reasons("Blocked", s.assessment().reasons()));
            case RunState.AwaitingConfirmation s ->
                new Word(State.PENDING, counts("Planned", s.plan().counts()) + "; somebody has to confirm it");
            case RunState.PreApplyTasks s -> new Word(State.RUNNING, "Asks run tasks before the apply");
            case RunState.PlanSaved s ->
                new Word(State.SUCCESS, counts("Planned", s.plan().counts()));
            case RunState.AwaitingTurn s -> new Word(State.PENDING, "Waits for its turn to apply");
            case RunState.ApplyQueued s -> new Word(State.PENDING, "Waits for a runner to apply");
            case RunState.Applying s -> new Word(State.RUNNING, "Applies");
            case RunState.PostApplyTasks s -> new Word(State.RUNNING, "Applied; tells run tasks");
            case RunState.Stopping s -> new Word(State.RUNNING, "Stops");
            case RunState.Applied s -> new Word(State.SUCCESS, applied(s.counts()));
            case RunState.PlannedAndFinished s ->
                new Word(State.SUCCESS, counts("Planned", s.plan().counts()));
            case RunState.Rejected s -> new Word(State.FAILURE, reasons("Rejected", s.reasons()));
            case RunState.Discarded s -> new Word(State.ERROR, "Discarded by " + s.by());
            case RunState.Canceled s -> new Word(State.ERROR, "Cancelled by " + s.by());
            case RunState.Errored s -> new Word(State.ERROR, s.message());
        };
    }

    private static String counts(String what, Counts counts) {
        return what + ": " + counts.additions() + " to add, " + counts.changes() + " to change, "
                + counts.destructions() + " to destroy";
    }

    private static String applied(Counts counts) {
        return "Applied: " + counts.additions() + " added, " + counts.changes() + " changed, " + counts.destructions()
                + " destroyed";
    }

    private static String reasons(String what, List<String> reasons) {
        return reasons.isEmpty() ? what : what + ": " + reasons.getFirst();
    }
}
