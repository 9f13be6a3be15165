package io.terrafleet.api.run;

import io.terrafleet.api.run.RunState.Applied;
import io.terrafleet.api.run.RunState.ApplyQueued;
import io.terrafleet.api.run.RunState.Applying;
import io.terrafleet.api.run.RunState.Assessing;
import io.terrafleet.api.run.RunState.AwaitingConfirmation;
import io.terrafleet.api.run.RunState.AwaitingOverride;
import io.terrafleet.api.run.RunState.AwaitingTurn;
import io.terrafleet.api.run.RunState.Canceled;
import io.terrafleet.api.run.RunState.Discarded;
import io.terrafleet.api.run.RunState.Errored;
import io.terrafleet.api.run.RunState.Pending;
import io.terrafleet.api.run.RunState.PlanQueued;
import io.terrafleet.api.run.RunState.PlanSaved;
import io.terrafleet.api.run.RunState.PlannedAndFinished;
import io.terrafleet.api.run.RunState.Planning;
import io.terrafleet.api.run.RunState.PostApplyTasks;
import io.terrafleet.api.run.RunState.PreApplyTasks;
import io.terrafleet.api.run.RunState.PrePlanTasks;
import io.terrafleet.api.run.RunState.Rejected;
import io.terrafleet.api.run.RunState.Stopping;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The run in the words of the TFE API, computed from its state. */
public final class RunView {
    /** Names of {@code status-timestamps} in the order of a run's life. */
    static final List<String> TIMESTAMPS = List.of(
            "pre-plan-running-at",
            "pre-plan-completed-at",
            "plan-queued-at",
            "planning-at",
            "planned-at",
            "cost-estimating-at",
            "cost-estimated-at",
            "policy-checked-at",
            "post-plan-running-at",
            "post-plan-completed-at",
            "policy-override-at",
            "planned-and-saved-at",
            "confirmed-at",
            "pre-apply-running-at",
            "pre-apply-completed-at",
            "apply-queued-at",
            "applying-at",
            "post-apply-running-at",
            "post-apply-completed-at",
            "applied-at",
            "planned-and-finished-at",
            "policy-soft-failed-at",
            "discarded-at",
            "errored-at",
            "canceled-at",
            "force-canceled-at");

    private RunView() {}

    public static String status(RunState state) {
        return switch (state) {
            case Pending s -> "pending";
            case PrePlanTasks s -> "pre_plan_running";
            case PlanQueued s -> "plan_queued";
            case Planning s -> "planning";
            case Assessing s -> judging(s);
            case AwaitingOverride s -> "policy_override";
            case AwaitingConfirmation s -> "policy_checked";
            case PreApplyTasks s -> "pre_apply_running";
            case PlanSaved s -> "planned_and_saved";
            case AwaitingTurn s -> "confirmed";
            case ApplyQueued s -> "apply_queued";
            case Applying s -> "applying";
            case PostApplyTasks s -> "post_apply_running";
            case Stopping s -> s.plan().isPresent() ? "applying" : "planning";
            case Applied s -> "applied";
            case PlannedAndFinished s -> "planned_and_finished";
            case Rejected s -> s.overridable() ? "policy_soft_failed" : "errored";
            case Discarded s -> "discarded";
            case Canceled s -> s.forced() ? "force_canceled" : "canceled";
            case Errored s -> "errored";
        };
    }

    /** The first of the judges that is still awaited. */
    private static String judging(Assessing state) {
        if (state.cost().isEmpty()) {
            return "cost_estimating";
        }
        return state.policy().isEmpty() ? "policy_checking" : "post_plan_running";
    }

    /** What a transition adds to {@code status-timestamps}, in order. */
    static List<String> timestamps(RunState from, RunState to) {
        List<String> names = new ArrayList<>();
        if (from instanceof Planning && to instanceof Assessing) {
            names.add("planned-at");
        }
        if (from instanceof Assessing before && judged(to)) {
            boolean costCame = before.cost().isEmpty()
                    && !(to instanceof Assessing after && after.cost().isEmpty());
            boolean policyCame = before.policy().isEmpty()
                    && !(to instanceof Assessing after && after.policy().isEmpty());
            if (costCame) {
                names.add("cost-estimated-at");
            }
            if (policyCame) {
                names.add("policy-checked-at");
            }
        }
        names.addAll(ofTasks(from, to));
        boolean wasConfirmed =
                from instanceof ApplyQueued || from instanceof PreApplyTasks || from instanceof AwaitingTurn;
        if ((to instanceof ApplyQueued || to instanceof PreApplyTasks) && !wasConfirmed) {
            names.add("confirmed-at");
        }
        if (!(to instanceof Stopping)
                && !(to instanceof Assessing && from instanceof Assessing)
                && !(to instanceof AwaitingConfirmation)) {
            names.add(status(to).replace('_', '-') + "-at");
        }
        return names;
    }

    private static List<String> ofTasks(RunState from, RunState to) {
        List<String> names = new ArrayList<>();
        if (from instanceof PrePlanTasks && to instanceof PlanQueued) {
            names.add("pre-plan-completed-at");
        }
        if (from instanceof Assessing before && !status(before).equals("post_plan_running")) {
            if (status(to).equals("post_plan_running")) {
                names.add("post-plan-running-at");
            }
        } else if (from instanceof Assessing && judged(to)) {
            names.add("post-plan-completed-at");
        }
        if (from instanceof PreApplyTasks && to instanceof ApplyQueued) {
            names.add("pre-apply-completed-at");
        }
        if (from instanceof PostApplyTasks && to instanceof Applied) {
            names.add("post-apply-completed-at");
        }
        return names;
    }

    private static boolean judged(RunState to) {
        return to instanceof Assessing
                || to instanceof AwaitingOverride
                || to instanceof AwaitingConfirmation
                || to instanceof PreApplyTasks
                || to instanceof PlanSaved
                || to instanceof ApplyQueued
                || to instanceof PlannedAndFinished
                || to instanceof Rejected;
    }

    /** The plan, once there is one. */
    public static Optional<PlanOutcome> plan(RunState state) {
        return switch (state) {
            case Pending s -> Optional.empty();
            case PrePlanTasks s -> Optional.empty();
            case PlanQueued s -> Optional.empty();
            case Planning s -> Optional.empty();
            case Assessing s -> Optional.of(s.plan());
            case AwaitingOverride s -> Optional.of(s.plan());
            case AwaitingConfirmation s -> Optional.of(s.plan());
            case PreApplyTasks s -> Optional.of(s.plan());
            case PlanSaved s -> Optional.of(s.plan());
            case AwaitingTurn s -> Optional.of(s.plan());
            case ApplyQueued s -> Optional.of(s.plan());
            case Applying s -> Optional.of(s.plan());
            case PostApplyTasks s -> Optional.of(s.plan());
            case Stopping s -> s.plan();
            case Applied s -> Optional.of(s.plan());
            case PlannedAndFinished s -> Optional.of(s.plan());
            case Rejected s -> Optional.of(s.plan());
            case Discarded s -> s.plan();
            case Canceled s -> s.plan();
            case Errored s -> s.plan();
        };
    }

    /** What can be done now, whoever asks. */
    public record Actions(
            boolean cancelable,
            boolean confirmable,
            boolean discardable,
            boolean forceCancelable,
            boolean overridable) {}

    public static Actions actions(RunState state, Instant now) {
        return switch (state) {
            case Pending s -> new Actions(true, false, true, false, false);
            case PrePlanTasks s -> new Actions(true, false, true, false, false);
            case PlanQueued s -> new Actions(true, false, true, false, false);
            case Planning s -> new Actions(true, false, false, false, false);
            case Assessing s -> new Actions(true, false, true, false, false);
            case AwaitingOverride s -> new Actions(true, false, true, false, true);
            case AwaitingConfirmation s -> new Actions(true, true, true, false, false);
            case PreApplyTasks s -> new Actions(true, false, false, false, false);
            case PlanSaved s -> new Actions(true, true, true, false, false);
            case AwaitingTurn s -> new Actions(true, false, false, false, false);
            case ApplyQueued s -> new Actions(true, false, false, false, false);
            case Applying s -> new Actions(true, false, false, false, false);
            case PostApplyTasks s -> new Actions(true, false, false, false, false);
            case Stopping s -> new Actions(false, false, false, !s.forced() && !now.isBefore(s.forceFrom()), false);
            case RunState.Finished s -> new Actions(false, false, false, false, false);
        };
    }

    /** Why the run ended as it did, or what blocks it; for people. */
    public static List<String> reasons(RunState state) {
        return switch (state) {
            case AwaitingOverride s -> s.assessment().reasons();
            case AwaitingConfirmation s -> s.assessment().reasons();
            case PlanSaved s -> s.assessment().reasons();
            case AwaitingTurn s -> List.of();
            case PlannedAndFinished s -> s.assessment().reasons();
            case Rejected s -> s.reasons();
            case Errored s -> List.of(s.message());
            case Canceled s -> List.of("Cancelled by " + s.by() + (s.forced() ? ", by force." : "."));
            case Discarded s -> List.of("Discarded by " + s.by() + ".");
            case Pending s -> List.of();
            case PrePlanTasks s -> List.of();
            case PlanQueued s -> List.of();
            case Planning s -> List.of();
            case Assessing s -> List.of();
            case PreApplyTasks s -> List.of();
            case ApplyQueued s -> List.of();
            case Applying s -> List.of();
            case PostApplyTasks s -> List.of();
            case Stopping s -> List.of();
            case Applied s -> List.of();
        };
    }
}
