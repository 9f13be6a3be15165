package io.terrafleet.api.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.api.run.RunState.Applied;
import io.terrafleet.api.run.RunState.ApplyQueued;
import io.terrafleet.api.run.RunState.Applying;
import io.terrafleet.api.run.RunState.Assessing;
import io.terrafleet.api.run.RunState.AwaitingConfirmation;
import io.terrafleet.api.run.RunState.AwaitingOverride;
import io.terrafleet.api.run.RunState.Canceled;
import io.terrafleet.api.run.RunState.Errored;
import io.terrafleet.api.run.RunState.Pending;
import io.terrafleet.api.run.RunState.PlanQueued;
import io.terrafleet.api.run.RunState.PlannedAndFinished;
import io.terrafleet.api.run.RunState.Planning;
import io.terrafleet.api.run.RunState.Rejected;
import io.terrafleet.api.run.RunState.Stopping;
import io.terrafleet.api.run.Transition.Ignored;
import io.terrafleet.api.run.Transition.Moved;
import io.terrafleet.api.run.Transition.Refused;
import io.terrafleet.api.task.Stage;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Phase;
import io.terrafleet.contracts.event.Verdict;
import io.terrafleet.contracts.runner.PhaseResult.Counts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunLifecycleTest {
    private static final Instant NOW = LifecycleGrid.NOW;
    private static final JobId PLAN = new JobId(LifecycleGrid.RUN, Phase.PLAN, 1);
    private static final JobId APPLY = new JobId(LifecycleGrid.RUN, Phase.APPLY, 1);
    private final RunLifecycle lifecycle = LifecycleGrid.lifecycle();

    private Transition next(RunOptions options, RunState state, RunInput input) {
        return lifecycle.next(LifecycleGrid.RUN, options, state, input, NOW);
    }

    private RunState walk(RunOptions options, RunInput... inputs) {
        RunState state = new Pending(NOW);
        for (RunInput input : inputs) {
            Transition transition = next(options, state, input);
            assertThat(transition).as("%s on %s", input, state).isInstanceOf(Moved.class);
            state = ((Moved) transition).to();
        }
        return state;
    }

    private static RunInput cost(Verdict verdict) {
        return new RunInput.CostDecided(LifecycleGrid.SHA, verdict, List.of());
    }

    private static RunInput policy(Verdict verdict) {
        return new RunInput.PolicyDecided(LifecycleGrid.SHA, verdict, List.of("encryption_at_rest: not encrypted"));
    }

    @Test
    void aRunGoesFromPendingToApplied() {
        RunState end = walk(
                LifecycleGrid.NORMAL,
                new RunInput.TurnCame(),
                new RunInput.PhaseClaimed(PLAN),
                new RunInput.PlanFinished(PLAN, LifecycleGrid.plan(true)),
                cost(Verdict.APPROVE),
                policy(Verdict.APPROVE),
                new RunInput.Confirm("ada"),
                new RunInput.PhaseClaimed(APPLY),
                new RunInput.ApplyFinished(APPLY, Counts.NONE));
        assertThat(end).isInstanceOf(Applied.class);
    }

    @Test
    void theJudgesMayAnswerInAnyOrderAndAutoApplyGoesOnByItself() {
        RunState end = walk(
                LifecycleGrid.AUTO,
                new RunInput.TurnCame(),
                new RunInput.PhaseClaimed(PLAN),
                new RunInput.PlanFinished(PLAN, LifecycleGrid.plan(true)),
                policy(Verdict.APPROVE),
                cost(Verdict.APPROVE));
        assertThat(end).isInstanceOfSatisfying(ApplyQueued.class, queued -> assertThat(queued.confirmedBy())
                .isEqualTo(RunLifecycle.AUTO_APPLY));
    }

    @Test
    void aSavedPlanIsKeptUntilSomebodyConfirmsAndThenWaitsForTheWorkspace() {
        RunState saved = walk(
                LifecycleGrid.SAVED,
                new RunInput.TurnCame(),
                new RunInput.PhaseClaimed(PLAN),
                new RunInput.PlanFinished(PLAN, LifecycleGrid.plan(true)),
                policy(Verdict.APPROVE),
                cost(Verdict.APPROVE));
        assertThat(saved).as("it never applies by itself").isInstanceOf(RunState.PlanSaved.class);
        assertThat(next(LifecycleGrid.SAVED, saved, new RunInput.TurnCame())).isInstanceOf(Ignored.class);
        Transition confirmed = next(LifecycleGrid.SAVED, saved, new RunInput.Confirm("ada"));
        assertThat(confirmed).isInstanceOfSatisfying(Moved.class, moved -> {
            assertThat(moved.to()).isInstanceOf(RunState.AwaitingTurn.class);
            assertThat(next(LifecycleGrid.SAVED, moved.to(), new RunInput.TurnCame()))
                    .isInstanceOfSatisfying(Moved.class, turn -> assertThat(turn.to())
                            .isInstanceOfSatisfying(ApplyQueued.class, queued -> assertThat(queued.confirmedBy())
                                    .isEqualTo("ada")));
        });
    }

    @Test
    void aBlockThatCanBeOverriddenWaitsEvenWithAutoApply() {
        RunState blocked = walk(
                LifecycleGrid.AUTO,
                new RunInput.TurnCame(),
                new RunInput.PhaseClaimed(PLAN),
                new RunInput.PlanFinished(PLAN, LifecycleGrid.plan(true)),
                cost(Verdict.APPROVE),
                policy(Verdict.BLOCK_OVERRIDABLE));
        assertThat(blocked).isInstanceOf(AwaitingOverride.class);
        assertThat(next(LifecycleGrid.AUTO, blocked, new RunInput.Confirm("ada")))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.why()).contains("encryption_at_rest"));
        assertThat(next(LifecycleGrid.AUTO, blocked, new RunInput.OverrideBlock("ada")))
                .isInstanceOfSatisfying(
                        Moved.class, moved -> assertThat(moved.to()).isInstanceOf(ApplyQueued.class));
        assertThat(next(LifecycleGrid.NORMAL, blocked, new RunInput.OverrideBlock("ada")))
                .isInstanceOfSatisfying(
                        Moved.class, moved -> assertThat(moved.to()).isInstanceOf(AwaitingConfirmation.class));
    }

    @Test
    void aHardBlockEndsTheRun() {
        RunState end = walk(
                LifecycleGrid.AUTO,
                new RunInput.TurnCame(),
                new RunInput.PhaseClaimed(PLAN),
                new RunInput.PlanFinished(PLAN, LifecycleGrid.plan(true)),
                cost(Verdict.BLOCK),
                policy(Verdict.BLOCK_OVERRIDABLE));
        assertThat(end).isInstanceOf(Rejected.class);
    }

    @Test
    void nothingToApplyIsFinishedAfterTheJudgement() {
        RunState end = walk(
                LifecycleGrid.NORMAL,
                new RunInput.TurnCame(),
                new RunInput.PhaseClaimed(PLAN),
                new RunInput.PlanFinished(PLAN, LifecycleGrid.plan(false)),
                cost(Verdict.APPROVE),
                policy(Verdict.APPROVE));
        assertThat(end).isInstanceOf(PlannedAndFinished.class);
    }

    @Test
    void aVerdictOnAnotherPlanIsIgnored() {
        RunState assessing = walk(
                LifecycleGrid.NORMAL,
                new RunInput.TurnCame(),
                new RunInput.PhaseClaimed(PLAN),
                new RunInput.PlanFinished(PLAN, LifecycleGrid.plan(true)));
        String other = "f".repeat(64);
        assertThat(next(LifecycleGrid.NORMAL, assessing, new RunInput.CostDecided(other, Verdict.APPROVE, List.of())))
                .isInstanceOf(Ignored.class);
    }

    @Test
    void aLostPlanIsTriedAgainAndALostApplyIsNot() {
        RunState planning = walk(LifecycleGrid.NORMAL, new RunInput.TurnCame(), new RunInput.PhaseClaimed(PLAN));
        assertThat(next(LifecycleGrid.NORMAL, planning, new RunInput.JobLost(PLAN, "gone", false)))
                .isInstanceOfSatisfying(Moved.class, moved -> assertThat(moved.to())
                        .isInstanceOfSatisfying(
                                PlanQueued.class,
                                queued -> assertThat(queued.job().attempt()).isEqualTo(2)));
        RunState third = new Planning(new JobId(LifecycleGrid.RUN, Phase.PLAN, 3), NOW);
        assertThat(next(
                        LifecycleGrid.NORMAL,
                        third,
                        new RunInput.JobLost(new JobId(LifecycleGrid.RUN, Phase.PLAN, 3), "gone", false)))
                .isInstanceOfSatisfying(
                        Moved.class, moved -> assertThat(moved.to()).isInstanceOf(Errored.class));
        RunState applying =
                new Applying(LifecycleGrid.plan(true), LifecycleGrid.assessment(Verdict.APPROVE), APPLY, NOW);
        assertThat(next(LifecycleGrid.NORMAL, applying, new RunInput.JobLost(APPLY, "gone.", false)))
                .isInstanceOfSatisfying(Moved.class, moved -> assertThat(moved.to())
                        .isInstanceOfSatisfying(Errored.class, errored -> assertThat(errored.message())
                                .contains("state it had sent is kept")));
    }

    @Test
    void forceIsRefusedBeforeTheOrderlyStopHadItsTime() {
        Stopping stopping = new Stopping(PLAN, java.util.Optional.empty(), "ada", false, NOW.plusSeconds(5), NOW);
        assertThat(next(LifecycleGrid.NORMAL, stopping, new RunInput.ForceCancel("ada")))
                .isInstanceOf(Refused.class);
        Stopping ripe = new Stopping(PLAN, java.util.Optional.empty(), "ada", false, NOW, NOW.minusSeconds(10));
        assertThat(next(LifecycleGrid.NORMAL, ripe, new RunInput.ForceCancel("ada")))
                .isInstanceOfSatisfying(Moved.class, moved -> assertThat(moved.to())
                        .isInstanceOfSatisfying(Stopping.class, next -> assertThat(next.forced())
                                .isTrue()));
    }

    private static RunInput tasks(Stage stage, Verdict verdict) {
        return new RunInput.TasksDecided(stage, verdict, List.of("Run task scan (mandatory) failed: 3 findings"));
    }

    @Test
    void runTasksAreMetAtAllFourStages() {
        RunState end = walk(
                LifecycleGrid.WITH_TASKS,
                new RunInput.TurnCame(),
                tasks(Stage.PRE_PLAN, Verdict.APPROVE),
                new RunInput.PhaseClaimed(PLAN),
                new RunInput.PlanFinished(PLAN, LifecycleGrid.plan(true)),
                policy(Verdict.APPROVE),
                cost(Verdict.APPROVE),
                tasks(Stage.POST_PLAN, Verdict.APPROVE),
                tasks(Stage.PRE_APPLY, Verdict.APPROVE),
                new RunInput.PhaseClaimed(APPLY),
                new RunInput.ApplyFinished(APPLY, Counts.NONE),
                tasks(Stage.POST_APPLY, Verdict.BLOCK));
        assertThat(end).as("what is applied stays applied").isInstanceOf(Applied.class);
    }

    @Test
    void aMandatoryTaskThatFailsEndsTheRunWithItsReason() {
        RunState beforePlan =
                walk(LifecycleGrid.WITH_TASKS, new RunInput.TurnCame(), tasks(Stage.PRE_PLAN, Verdict.BLOCK));
        assertThat(beforePlan).isInstanceOfSatisfying(Errored.class, errored -> assertThat(errored.message())
                .contains("3 findings"));
        RunState afterPlan = walk(
                LifecycleGrid.WITH_TASKS,
                new RunInput.TurnCame(),
                tasks(Stage.PRE_PLAN, Verdict.APPROVE),
                new RunInput.PhaseClaimed(PLAN),
                new RunInput.PlanFinished(PLAN, LifecycleGrid.plan(true)),
                tasks(Stage.POST_PLAN, Verdict.BLOCK),
                policy(Verdict.APPROVE),
                cost(Verdict.APPROVE));
        assertThat(afterPlan).isInstanceOf(Rejected.class);
        RunState waiting = new RunState.PreApplyTasks(
                LifecycleGrid.plan(true), LifecycleGrid.assessment(Verdict.APPROVE), "ada", NOW);
        assertThat(next(LifecycleGrid.WITH_TASKS, waiting, tasks(Stage.PRE_APPLY, Verdict.BLOCK)))
                .isInstanceOfSatisfying(
                        Moved.class, moved -> assertThat(moved.to()).isInstanceOf(Errored.class));
        assertThat(next(LifecycleGrid.WITH_TASKS, waiting, tasks(Stage.POST_PLAN, Verdict.APPROVE)))
                .isInstanceOf(Ignored.class);
    }

    /** Every state meets every input: nothing throws, wishes are never ignored, facts never refused. */
    @Test
    void everyStateAnswersEveryInput() {
        Set<Class<?>> reached = new HashSet<>();
        for (RunOptions options : LifecycleGrid.options()) {
            for (RunState state : LifecycleGrid.states()) {
                for (RunInput input : LifecycleGrid.inputs()) {
                    Transition transition = next(options, state, input);
                    switch (transition) {
                        case Moved moved -> reached.add(moved.to().getClass());
                        case Ignored ignored -> assertThat(input).isInstanceOf(RunInput.Fact.class);
                        case Refused refused -> {
                            assertThat(input).isInstanceOf(RunInput.Wish.class);
                            assertThat(refused.why()).isNotBlank();
                        }
                    }
                }
            }
        }
        Set<Class<?>> all = new HashSet<>(LifecycleGrid.stateTypes());
        all.remove(Pending.class);
        assertThat(reached).as("every state but the first can be entered").containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void finishedAbsorbsEverything() {
        LifecycleGrid.states().stream().filter(RunState::isFinished).forEach(state -> LifecycleGrid.inputs()
                .forEach(input ->
                        assertThat(next(LifecycleGrid.NORMAL, state, input)).isNotInstanceOf(Moved.class)));
    }

    @Test
    void everyUnfinishedStateCanBeCancelled() {
        LifecycleGrid.states().stream()
                .filter(state -> !state.isFinished() && !(state instanceof Stopping))
                .forEach(state -> assertThat(next(LifecycleGrid.NORMAL, state, new RunInput.Cancel("ada")))
                        .isInstanceOfSatisfying(Moved.class, moved -> assertThat(moved.to())
                                .isInstanceOfAny(
                                        state instanceof RunState.PostApplyTasks ? Applied.class : Canceled.class,
                                        Stopping.class)));
    }

    /** However facts and wishes fall, an apply only ever begins on a plan whose assessment is open. */
    @Test
    void noRandomWalkAppliesWithoutAnOpenAssessment() {
        Random random = new Random(4711);
        List<RunInput> inputs = LifecycleGrid.inputs();
        int applies = 0;
        for (int walk = 0; walk < 20_000; walk++) {
            RunOptions options = LifecycleGrid.options()
                    .get(random.nextInt(LifecycleGrid.options().size()));
            RunState state = new Pending(NOW);
            List<RunInput> path = new ArrayList<>();
            for (int step = 0; step < 200 && !state.isFinished(); step++) {
                RunInput input = inputs.get(random.nextInt(inputs.size()));
                if (endsRuns(input) && random.nextInt(20) > 0) {
                    continue;
                }
                if (next(options, state, input) instanceof Moved(RunState to)) {
                    path.add(input);
                    state = to;
                    if (to instanceof Applying applying) {
                        applies++;
                        assertThat(applying.assessment().open())
                                .as("path %s", path)
                                .isTrue();
                        assertThat(applying.plan().json().sha256()).isEqualTo(LifecycleGrid.SHA);
                        assertThat(options.planOnly()).as("path %s", path).isFalse();
                    }
                    if (to instanceof Assessing assessing) {
                        boolean tasksMissing = options.asks(Stage.POST_PLAN)
                                && assessing.tasks().isEmpty();
                        assertThat(assessing.cost().isPresent()
                                        && assessing.policy().isPresent()
                                        && !tasksMissing)
                                .isFalse();
                    }
                }
            }
        }
        assertThat(applies).as("the walk must reach what it checks").isGreaterThan(100);
    }

    /** What would end most walks before they get anywhere. */
    private static boolean endsRuns(RunInput input) {
        return switch (input) {
            case RunInput.Cancel wish -> true;
            case RunInput.Discard wish -> true;
            case RunInput.JobLost lost -> true;
            case RunInput.PhaseFailed failed -> true;
            case RunInput.CostDecided decided -> decided.verdict() == Verdict.BLOCK;
            case RunInput.PolicyDecided decided -> decided.verdict() == Verdict.BLOCK;
            case RunInput.TasksDecided decided -> decided.verdict() != Verdict.APPROVE;
            default -> false;
        };
    }
}
