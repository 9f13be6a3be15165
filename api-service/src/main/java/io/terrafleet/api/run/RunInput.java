package io.terrafleet.api.run;

import io.terrafleet.api.task.Stage;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.event.Verdict;
import io.terrafleet.contracts.runner.PhaseResult;
import java.util.List;

/** Whatever can happen to a run: wishes of people, facts from services, the passing of time. */
public sealed interface RunInput {

    /** Somebody wants it; a wish that cannot be granted is refused with a sentence. */
    sealed interface Wish extends RunInput {
        String by();
    }

    /** It has happened; what does not fit (any more) is ignored, for facts arrive twice and late. */
    sealed interface Fact extends RunInput {}

    record Confirm(String by) implements Wish {}

    record Discard(String by) implements Wish {}

    record Cancel(String by) implements Wish {}

    record ForceCancel(String by) implements Wish {}

    /** @param by somebody who may override; the door has checked it */
    record OverrideBlock(String by) implements Wish {}

    /** The workspace is free and this run is the first in its queue, or needs no queue. */
    record TurnCame() implements Fact {}

    record PhaseClaimed(JobId job) implements Fact {}

    record PlanFinished(JobId job, PlanOutcome plan) implements Fact {}

    record ApplyFinished(JobId job, PhaseResult.Counts counts) implements Fact {}

    /** @param message for people */
    record PhaseFailed(JobId job, String message) implements Fact {}

    record PhaseInterrupted(JobId job, boolean killed) implements Fact {}

    /** @param permanent whether another attempt cannot help */
    record JobLost(JobId job, String message, boolean permanent) implements Fact {}

    record CostDecided(String planSha256, Verdict verdict, List<String> reasons) implements Fact {}

    record PolicyDecided(String planSha256, Verdict verdict, List<String> reasons) implements Fact {}

    /** All run tasks of the stage have answered, or were waited for long enough. */
    record TasksDecided(Stage stage, Verdict verdict, List<String> reasons) implements Fact {}

    /** Time has passed; something may be overdue. */
    record TimePassed() implements Fact {}
}
