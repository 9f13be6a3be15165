package io.terrafleet.api.run;

import io.terrafleet.api.run.RunInput.ApplyFinished;
import io.terrafleet.api.run.RunInput.Cancel;
import io.terrafleet.api.run.RunInput.Confirm;
import io.terrafleet.api.run.RunInput.CostDecided;
import io.terrafleet.api.run.RunInput.Discard;
import io.terrafleet.api.run.RunInput.ForceCancel;
import io.terrafleet.api.run.RunInput.JobLost;
import io.terrafleet.api.run.RunInput.OverrideBlock;
import io.terrafleet.api.run.RunInput.PhaseClaimed;
import io.terrafleet.api.run.RunInput.PhaseFailed;
import io.terrafleet.api.run.RunInput.PhaseInterrupted;
import io.terrafleet.api.run.RunInput.PlanFinished;
import io.terrafleet.api.run.RunInput.PolicyDecided;
import io.terrafleet.api.run.RunInput.TasksDecided;
import io.terrafleet.api.run.RunInput.TimePassed;
import io.terrafleet.api.run.RunInput.TurnCame;
import io.terrafleet.api.run.RunState.Applied;
import io.terrafleet.api.run.RunState.ApplyQueued;
import io.terrafleet.api.run.RunState.Applying;
import io.terrafleet.api.run.RunState.Assessing;
import io.terrafleet.api.run.RunState.Assessment;
import io.terrafleet.api.run.RunState.AwaitingConfirmation;
import io.terrafleet.api.run.RunState.AwaitingOverride;
import io.terrafleet.api.run.RunState.AwaitingTurn;
import io.terrafleet.api.run.RunState.Canceled;
import io.terrafleet.api.run.RunState.Discarded;
import io.terrafleet.api.run.RunState.Errored;
import io.terrafleet.api.run.RunState.Finished;
import io.terrafleet.api.run.RunState.Judgement;
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
import io.terrafleet.api.run.Transition.Ignored;
import io.terrafleet.api.run.Transition.Moved;
import io.terrafleet.api.run.Transition.Refused;
import io.terrafleet.api.task.Stage;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Phase;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.event.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides what a run becomes, and nothing else does. No I/O, no clock, no identifiers: what goes in is all there is.
 *
 * <p>Two promises the tests hold it to: no path leads to {@link Applying} without a passed or overridden assessment of exactly that
 * plan; and every unfinished state can be left by a cancel.
 */
public final class RunLifecycle {
    /** Who is said to have confirmed a run that applies by itself. */
    public static final String AUTO_APPLY = "auto-apply";

    private static final Ignored IGNORED = new Ignored();

    private final Limits limits;

    /**
     * @param attempts at a job that was lost before it could do harm, the first included
     * @param claimWithin a queued job that no runner claims is given up after this
     * @param assessWithin a plan that is not judged is given up after this: no verdict, no apply
     * @param tasksWithin run tasks before or after a phase that have not all answered are given up after this
     * @param forceAfter how long an orderly stop is given before people may force it
     */
    public record Limits(
            int attempts, Duration claimWithin, Duration assessWithin, Duration tasksWithin, Duration forceAfter) {}

    public RunLifecycle(Limits limits) {
        this.limits = limits;
    }

    public Transition next(RunId id, RunOptions options, RunState state, RunInput input, Instant now) {
        return switch (state) {
            case Pending pending -> pending(id, options, input, now);
            case PrePlanTasks tasks -> prePlanTasks(id, tasks, input, now);
            case PlanQueued queued -> planQueued(queued, input, now);
            case Planning planning -> planning(planning, input, now);
            case Assessing assessing -> assessing(id, options, assessing, input, now);
            case AwaitingOverride waiting -> awaitingOverride(id, options, waiting, input, now);
            case AwaitingConfirmation waiting -> awaitingConfirmation(id, options, waiting, input, now);
            case PlanSaved saved -> planSaved(saved, input, now);
            case AwaitingTurn waiting -> awaitingTurn(id, options, waiting, input, now);
            case PreApplyTasks tasks -> preApplyTasks(id, tasks, input, now);
            case ApplyQueued queued -> applyQueued(queued, input, now);
            case Applying applying -> applying(options, applying, input, now);
            case PostApplyTasks tasks -> postApplyTasks(tasks, input, now);
            case Stopping stopping -> stopping(stopping, input, now);
            case Finished finished -> finished(finished, input);
        };
    }

    private Transition pending(RunId id, RunOptions options, RunInput input, Instant now) {
        return switch (input) {
            case TurnCame turn -> moved(options.asks(Stage.PRE_PLAN) ? new PrePlanTasks(now) : planQueued(id, now));
            case Cancel wish -> moved(new Canceled(Optional.empty(), wish.by(), false, now));
            case Discard wish -> moved(new Discarded(Optional.empty(), wish.by(), now));
            case Confirm wish -> refused("The run is pending: there is no plan to apply yet.");
            case OverrideBlock wish -> refused("The run is pending: nothing has been judged yet.");
            case ForceCancel wish -> refused("The run is pending: cancel ends it at once.");
            case RunInput.Fact fact -> IGNORED;
        };
    }

    private static PlanQueued planQueued(RunId id, Instant now) {
        return new PlanQueued(new JobId(id, Phase.PLAN, 1), now);
    }

    private Transition prePlanTasks(RunId id, PrePlanTasks state, RunInput input, Instant now) {
        return switch (input) {
            case TasksDecided fact
            when fact.stage() == Stage.PRE_PLAN ->
                fact.verdict() == Verdict.APPROVE
                        ? moved(planQueued(id, now))
                        : errored(Optional.empty(), first(fact.reasons()), now);
            case TimePassed time
            when overdue(state, limits.tasksWithin(), now) -> errored(Optional.empty(), silent(), now);
            case Cancel wish -> moved(new Canceled(Optional.empty(), wish.by(), false, now));
            case Discard wish -> moved(new Discarded(Optional.empty(), wish.by(), now));
            case Confirm wish -> refused("The run waits for its run tasks: there is nothing to apply yet.");
            case OverrideBlock wish -> refused("The run waits for its run tasks: nothing has been judged yet.");
            case ForceCancel wish -> refused("Nothing is running: cancel ends the run at once.");
            case RunInput.Fact fact -> IGNORED;
        };
    }

    private Transition planQueued(PlanQueued state, RunInput input, Instant now) {
        return switch (input) {
            case PhaseClaimed fact when fact.job().equals(state.job()) -> moved(new Planning(state.job(), now));
            case JobLost fact when fact.job().equals(state.job()) -> planLost(state.job(), fact, now);
            case TimePassed time
            when overdue(state, limits.claimWithin(), now) -> errored(Optional.empty(), unclaimed("plan"), now);
            case Cancel wish -> moved(new Canceled(Optional.empty(), wish.by(), false, now));
            case Discard wish -> moved(new Discarded(Optional.empty(), wish.by(), now));
            case Confirm wish -> refused("The run waits for a runner to plan: there is nothing to apply yet.");
            case OverrideBlock wish -> refused("The run waits for a runner to plan: nothing has been judged yet.");
            case ForceCancel wish -> refused("The run waits for a runner to plan: cancel ends it at once.");
            case RunInput.Fact fact -> IGNORED;
        };
    }

    private Transition planning(Planning state, RunInput input, Instant now) {
        return switch (input) {
            case PlanFinished fact
            when fact.job().equals(state.job()) ->
                moved(new Assessing(fact.plan(), Optional.empty(), Optional.empty(), Optional.empty(), now));
            case PhaseFailed fact when fact.job().equals(state.job()) -> errored(Optional.empty(), fact.message(), now);
            case PhaseInterrupted fact
            when fact.job().equals(state.job()) ->
                planLost(state.job(), new JobLost(fact.job(), "The runner was stopped while planning.", false), now);
            case JobLost fact when fact.job().equals(state.job()) -> planLost(state.job(), fact, now);
            case Cancel wish -> moved(stopping(state.job(), Optional.empty(), wish.by(), now));
            case Discard wish -> refused("The run is planning: cancel it instead.");
            case Confirm wish -> refused("The run is planning: there is nothing to apply yet.");
            case OverrideBlock wish -> refused("The run is planning: nothing has been judged yet.");
            case ForceCancel wish -> refused("The run must be cancelled before it can be forced.");
            case RunInput.Fact fact -> IGNORED;
        };
    }

    /** A plan changes nothing, so it is tried again until the attempts are used up. */
    private Transition planLost(JobId job, JobLost lost, Instant now) {
        if (lost.permanent() || job.attempt() >= limits.attempts()) {
            return errored(Optional.empty(), lost.message(), now);
        }
        return moved(new PlanQueued(new JobId(job.run(), Phase.PLAN, job.attempt() + 1), now));
    }

    private Transition assessing(RunId id, RunOptions options, Assessing state, RunInput input, Instant now) {
        return switch (input) {
            case CostDecided fact
            when state.cost().isEmpty()
                    && fact.planSha256().equals(state.plan().json().sha256()) ->
                judged(
                        id,
                        options,
                        new Assessing(
                                state.plan(),
                                Optional.of(new Judgement(fact.verdict(), fact.reasons())),
                                state.policy(),
                                state.tasks(),
                                state.since()),
                        now);
            case PolicyDecided fact
            when state.policy().isEmpty()
                    && fact.planSha256().equals(state.plan().json().sha256()) ->
                judged(
                        id,
                        options,
                        new Assessing(
                                state.plan(),
                                state.cost(),
                                Optional.of(new Judgement(fact.verdict(), fact.reasons())),
                                state.tasks(),
                                state.since()),
                        now);
            case TasksDecided fact
            when fact.stage() == Stage.POST_PLAN
                    && options.asks(Stage.POST_PLAN)
                    && state.tasks().isEmpty() ->
                judged(
                        id,
                        options,
                        new Assessing(
                                state.plan(),
                                state.cost(),
                                state.policy(),
                                Optional.of(new Judgement(fact.verdict(), fact.reasons())),
                                state.since()),
                        now);
            case TimePassed time
            when overdue(state, limits.assessWithin(), now) ->
                errored(
                        Optional.of(state.plan()),
                        "No verdict from " + missing(options, state) + " within " + words(limits.assessWithin())
                                + ": without a verdict nothing is applied. Start a new run when it is back.",
                        now);
            case Cancel wish -> moved(new Canceled(Optional.of(state.plan()), wish.by(), false, now));
            case Discard wish -> moved(new Discarded(Optional.of(state.plan()), wish.by(), now));
            case Confirm wish ->
                refused("The plan is still being judged: waiting for " + missing(options, state) + ".");
            case OverrideBlock wish ->
                refused("The plan is still being judged: waiting for " + missing(options, state) + ".");
            case ForceCancel wish -> refused("Nothing is running: cancel ends the run at once.");
            case RunInput.Fact fact -> IGNORED;
        };
    }

    /** Those who have not judged yet, in words. */
    static String missing(RunOptions options, Assessing state) {
        List<String> missing = new ArrayList<>();
        if (state.cost().isEmpty()) {
            missing.add("cost-service");
        }
        if (state.policy().isEmpty()) {
            missing.add("policy-service");
        }
        if (options.asks(Stage.POST_PLAN) && state.tasks().isEmpty()) {
            missing.add("run tasks");
        }
        return String.join(" and ", missing);
    }

    private Transition judged(RunId id, RunOptions options, Assessing state, Instant now) {
        boolean tasksMissing = options.asks(Stage.POST_PLAN) && state.tasks().isEmpty();
        if (state.cost().isEmpty() || state.policy().isEmpty() || tasksMissing) {
            return moved(state);
        }
        Judgement tasks = state.tasks().orElse(new Judgement(Verdict.APPROVE, List.of()));
        Judgement cost = state.cost().get();
        Judgement policy = state.policy().get();
        List<String> reasons = new ArrayList<>(policy.reasons());
        reasons.addAll(cost.reasons());
        reasons.addAll(tasks.reasons());
        Assessment assessment = new Assessment(
                cost.verdict().and(policy.verdict()).and(tasks.verdict()), List.copyOf(reasons), Optional.empty());
        return moved(assessed(id, options, state.plan(), assessment, now));
    }

    private static RunState assessed(
            RunId id, RunOptions options, PlanOutcome plan, Assessment assessment, Instant now) {
        boolean nothingToApply = !plan.hasChanges() && !options.allowEmptyApply();
        if (nothingToApply && !options.planOnly()) {
            return new PlannedAndFinished(plan, assessment, now);
        }
        return switch (assessment.verdict()) {
            case BLOCK -> new Rejected(plan, assessment.reasons(), false, now);
            case BLOCK_OVERRIDABLE ->
                options.planOnly()
                        ? new Rejected(plan, assessment.reasons(), true, now)
                        : new AwaitingOverride(plan, assessment, now);
            case APPROVE -> approved(id, options, plan, assessment, now);
        };
    }

    private static RunState approved(
            RunId id, RunOptions options, PlanOutcome plan, Assessment assessment, Instant now) {
        if (options.planOnly()) {
            return new PlannedAndFinished(plan, assessment, now);
        }
        if (options.savePlan()) {
            return new PlanSaved(plan, assessment, now);
        }
        return options.autoApply()
                ? confirmed(id, options, plan, assessment, AUTO_APPLY, now)
                : new AwaitingConfirmation(plan, assessment, now);
    }

    private static RunState confirmed(
            RunId id, RunOptions options, PlanOutcome plan, Assessment assessment, String by, Instant now) {
        return options.asks(Stage.PRE_APPLY)
                ? new PreApplyTasks(plan, assessment, by, now)
                : applyQueued(id, plan, assessment, by, now);
    }

    private static ApplyQueued applyQueued(RunId id, PlanOutcome plan, Assessment assessment, String by, Instant now) {
        return new ApplyQueued(plan, assessment, new JobId(id, Phase.APPLY, 1), by, now);
    }

    private Transition awaitingOverride(
            RunId id, RunOptions options, AwaitingOverride state, RunInput input, Instant now) {
        return switch (input) {
            case OverrideBlock wish -> {
                Assessment overridden = new Assessment(
                        state.assessment().verdict(), state.assessment().reasons(), Optional.of(wish.by()));
                yield moved(approved(id, options, state.plan(), overridden, now));
            }
            case Cancel wish -> moved(new Canceled(Optional.of(state.plan()), wish.by(), false, now));
            case Discard wish -> moved(new Discarded(Optional.of(state.plan()), wish.by(), now));
            case Confirm wish ->
                refused("The plan is blocked and must be overridden before it can be applied: "
                        + first(state.assessment().reasons()));
            case ForceCancel wish -> refused("Nothing is running: cancel or discard ends the run at once.");
            case RunInput.Fact fact -> IGNORED;
        };
    }

    private Transition awaitingConfirmation(
            RunId id, RunOptions options, AwaitingConfirmation state, RunInput input, Instant now) {
        return switch (input) {
            case Confirm wish -> moved(confirmed(id, options, state.plan(), state.assessment(), wish.by(), now));
            case Cancel wish -> moved(new Canceled(Optional.of(state.plan()), wish.by(), false, now));
            case Discard wish -> moved(new Discarded(Optional.of(state.plan()), wish.by(), now));
            case OverrideBlock wish -> refused("Nothing blocks the plan: it waits to be confirmed.");
            case ForceCancel wish -> refused("Nothing is running: cancel or discard ends the run at once.");
            case RunInput.Fact fact -> IGNORED;
        };
    }

    private Transition preApplyTasks(RunId id, PreApplyTasks state, RunInput input, Instant now) {
        return switch (input) {
            case TasksDecided fact
            when fact.stage() == Stage.PRE_APPLY ->
                fact.verdict() == Verdict.APPROVE
                        ? moved(applyQueued(id, state.plan(), state.assessment(), state.confirmedBy(), now))
                        : errored(Optional.of(state.plan()), first(fact.reasons()), now);
            case TimePassed time
            when overdue(state, limits.tasksWithin(), now) -> errored(Optional.of(state.plan()), silent(), now);
            case Cancel wish -> moved(new Canceled(Optional.of(state.plan()), wish.by(), false, now));
            case Discard wish -> refused("The run is confirmed and waits for its run tasks: cancel it instead.");
            case Confirm wish -> refused("The run is confirmed already and waits for its run tasks.");
            case OverrideBlock wish -> refused("The run is confirmed already.");
            case ForceCancel wish -> refused("Nothing is running: cancel ends the run at once.");
            case RunInput.Fact fact -> IGNORED;
        };
    }

    private Transition planSaved(PlanSaved state, RunInput input, Instant now) {
        return switch (input) {
            case Confirm wish -> moved(new AwaitingTurn(state.plan(), state.assessment(), wish.by(), now));
            case Cancel wish -> moved(new Canceled(Optional.of(state.plan()), wish.by(), false, now));
            case Discard wish -> moved(new Discarded(Optional.of(state.plan()), wish.by(), now));
            case OverrideBlock wish -> refused("Nothing blocks the saved plan: it waits to be applied.");
            case ForceCancel wish -> refused("Nothing is running: cancel or discard ends the run at once.");
            case RunInput.Fact fact -> IGNORED;
        };
    }

    private Transition awaitingTurn(RunId id, RunOptions options, AwaitingTurn state, RunInput input, Instant now) {
        return switch (input) {
            case TurnCame turn ->
                moved(confirmed(id, options, state.plan(), state.assessment(), state.confirmedBy(), now));
            case Cancel wish -> moved(new Canceled(Optional.of(state.plan()), wish.by(), false, now));
            case Discard wish -> refused("The run is confirmed and waits for the workspace: cancel it instead.");
            case Confirm wish -> refused("The run is confirmed already and waits for the workspace.");
            case OverrideBlock wish -> refused("The run is confirmed already.");
            case ForceCancel wish -> refused("The run waits for the workspace: cancel ends it at once.");
            case RunInput.Fact fact -> IGNORED;
        };
    }

    private Transition applyQueued(ApplyQueued state, RunInput input, Instant now) {
        return switch (input) {
            case PhaseClaimed fact
            when fact.job().equals(state.job()) ->
                moved(new Applying(state.plan(), state.assessment(), state.job(), now));
            case JobLost fact when fact.job().equals(state.job()) -> applyNeverBegan(state, fact, now);
            case TimePassed time
            when overdue(state, limits.claimWithin(), now) ->
                errored(Optional.of(state.plan()), unclaimed("apply"), now);
            case Cancel wish -> moved(new Canceled(Optional.of(state.plan()), wish.by(), false, now));
            case Discard wish -> refused("The run is confirmed and waits for a runner: cancel it instead.");
            case Confirm wish -> refused("The run is confirmed already and waits for a runner.");
            case OverrideBlock wish -> refused("The run is confirmed already.");
            case ForceCancel wish -> refused("The run waits for a runner: cancel ends it at once.");
            case RunInput.Fact fact -> IGNORED;
        };
    }

    /** Nobody claimed it, so nothing was applied, and another runner may try. */
    private Transition applyNeverBegan(ApplyQueued state, JobLost lost, Instant now) {
        if (lost.permanent() || state.job().attempt() >= limits.attempts()) {
            return errored(Optional.of(state.plan()), lost.message(), now);
        }
        JobId again = new JobId(state.job().run(), Phase.APPLY, state.job().attempt() + 1);
        return moved(new ApplyQueued(state.plan(), state.assessment(), again, state.confirmedBy(), now));
    }

    private Transition applying(RunOptions options, Applying state, RunInput input, Instant now) {
        return switch (input) {
            case ApplyFinished fact
            when fact.job().equals(state.job()) ->
                moved(
                        options.asks(Stage.POST_APPLY)
                                ? new PostApplyTasks(state.plan(), fact.counts(), now)
                                : new Applied(state.plan(), fact.counts(), now));
            case PhaseFailed fact
            when fact.job().equals(state.job()) -> errored(Optional.of(state.plan()), fact.message(), now);
            case PhaseInterrupted fact
            when fact.job().equals(state.job()) ->
                errored(
                        Optional.of(state.plan()),
                        "The runner was stopped while applying. What it had done is in the state; start a new run to"
                                + " see what is left.",
                        now);
            case JobLost fact
            when fact.job().equals(state.job()) ->
                errored(
                        Optional.of(state.plan()),
                        fact.message()
                                + " It was applying: the state it had sent is kept, and a new run shows what is left"
                                + " to do.",
                        now);
            case Cancel wish -> moved(stopping(state.job(), Optional.of(state.plan()), wish.by(), now));
            case Discard wish -> refused("The run is applying: cancel it instead.");
            case Confirm wish -> refused("The run is applying already.");
            case OverrideBlock wish -> refused("The run is applying already.");
            case ForceCancel wish -> refused("The run must be cancelled before it can be forced.");
            case RunInput.Fact fact -> IGNORED;
        };
    }

    /** What is applied stays applied: whatever the tasks say, and also for who does not want to wait for them. */
    private Transition postApplyTasks(PostApplyTasks state, RunInput input, Instant now) {
        Moved applied = moved(new Applied(state.plan(), state.counts(), now));
        return switch (input) {
            case TasksDecided fact when fact.stage() == Stage.POST_APPLY -> applied;
            case TimePassed time when overdue(state, limits.tasksWithin(), now) -> applied;
            case Cancel wish -> applied;
            case Discard wish -> refused("The run is applied: there is nothing to discard.");
            case Confirm wish -> refused("The run is applied already.");
            case OverrideBlock wish -> refused("The run is applied already.");
            case ForceCancel wish -> refused("Nothing is running: cancel ends the wait for the run tasks.");
            case RunInput.Fact fact -> IGNORED;
        };
    }

    private Transition stopping(Stopping state, RunInput input, Instant now) {
        return switch (input) {
            case PhaseInterrupted fact when fact.job().equals(state.job()) -> moved(canceled(state, now));
            case PhaseFailed fact when fact.job().equals(state.job()) -> moved(canceled(state, now));
            case JobLost fact when fact.job().equals(state.job()) -> moved(canceled(state, now));
            case PlanFinished fact
            when fact.job().equals(state.job()) ->
                moved(new Canceled(Optional.of(fact.plan()), state.by(), state.forced(), now));
            case ApplyFinished fact
            when fact.job().equals(state.job()) && state.plan().isPresent() ->
                moved(new Applied(state.plan().get(), fact.counts(), now));
            case ForceCancel wish when state.forced() -> refused("The run is being killed already.");
            case ForceCancel wish
            when now.isBefore(state.forceFrom()) ->
                refused("The run is stopping in order; it can be forced from " + state.forceFrom() + ".");
            case ForceCancel wish ->
                moved(new Stopping(state.job(), state.plan(), wish.by(), true, state.forceFrom(), state.since()));
            case Cancel wish -> refused("The run is stopping already.");
            case Discard wish -> refused("The run is stopping already.");
            case Confirm wish -> refused("The run is stopping.");
            case OverrideBlock wish -> refused("The run is stopping.");
            case RunInput.Fact fact -> IGNORED;
        };
    }

    private static Transition finished(Finished state, RunInput input) {
        return switch (input) {
            case RunInput.Wish wish -> refused("The run is over: " + RunView.status(state) + ".");
            case RunInput.Fact fact -> IGNORED;
        };
    }

    private Stopping stopping(JobId job, Optional<PlanOutcome> plan, String by, Instant now) {
        return new Stopping(job, plan, by, false, now.plus(limits.forceAfter()), now);
    }

    private static Canceled canceled(Stopping state, Instant now) {
        return new Canceled(state.plan(), state.by(), state.forced(), now);
    }

    private String unclaimed(String phase) {
        return "No worker took the " + phase + " within " + words(limits.claimWithin())
                + ". Is a run-worker running? Start a new run when there is one.";
    }

    private String silent() {
        return "The run tasks did not all answer within " + words(limits.tasksWithin()) + ".";
    }

    private static boolean overdue(RunState state, Duration within, Instant now) {
        return now.isAfter(state.since().plus(within));
    }

    private static String words(Duration duration) {
        long minutes = duration.toMinutes();
        return minutes >= 60 && minutes % 60 == 0 ? minutes / 60 + " h" : minutes + " min";
    }

    private static String first(List<String> reasons) {
        return reasons.isEmpty() ? "a judge said no." : reasons.getFirst();
    }

    private static Moved moved(RunState to) {
        return new Moved(to);
    }

    private static Moved errored(Optional<PlanOutcome> plan, String message, Instant now) {
        return new Moved(new Errored(plan, message, now));
    }

    private static Refused refused(String why) {
        return new Refused(why);
    }
}
