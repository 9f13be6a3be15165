package io.terrafleet.api.run;

import io.terrafleet.api.run.RunState.Assessment;
import io.terrafleet.api.run.RunState.Judgement;
import io.terrafleet.api.task.Stage;
import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Phase;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.event.Verdict;
import io.terrafleet.contracts.runner.PhaseResult.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One example of every state and of every input, for tests that walk them all. */
final class LifecycleGrid {
    static final RunId RUN = new RunId("run-CZcmD7eagjhyX0vN");
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    static final String SHA = "a".repeat(64);
    static final RunOptions NORMAL = options(false, false);
    static final RunOptions AUTO = options(false, true);
    static final RunOptions PLAN_ONLY = options(true, false);
    static final RunOptions WITH_TASKS = withTasks();
    static final RunOptions SAVED = options(false, true, true);

    private LifecycleGrid() {}

    static RunLifecycle lifecycle() {
        return new RunLifecycle(new RunLifecycle.Limits(
                3, Duration.ofHours(1), Duration.ofHours(24), Duration.ofMinutes(70), Duration.ofSeconds(10)));
    }

    static List<RunOptions> options() {
        return List.of(NORMAL, AUTO, PLAN_ONLY, SAVED, WITH_TASKS);
    }

    private static RunOptions options(boolean planOnly, boolean autoApply) {
        return options(planOnly, autoApply, false);
    }

    private static RunOptions options(boolean planOnly, boolean autoApply, boolean savePlan) {
        return new RunOptions(
                planOnly, autoApply, false, true, false, List.of(), List.of(), false, savePlan, false, Map.of(), false,
                false);
    }

    private static RunOptions withTasks() {
        Map<Stage, String> stages = Arrays.stream(Stage.values())
                .collect(Collectors.toMap(
                        stage -> stage,
                        stage -> "ts-" + stage.word().replace("_", "").repeat(3).substring(0, 16)));
        return new RunOptions(
                false, true, false, true, false, List.of(), List.of(), false, false, false, stages, false, false);
    }

    static PlanOutcome plan(boolean hasChanges) {
        ArtifactRef artifact = new ArtifactRef("art-CZcmD7eagjhyX0vN", SHA, 1);
        return new PlanOutcome(artifact, artifact, artifact, Optional.empty(), hasChanges, Counts.NONE);
    }

    static Assessment assessment(Verdict verdict) {
        return new Assessment(verdict, List.of("a reason"), Optional.empty());
    }

    static List<Class<?>> stateTypes() {
        return Stream.concat(
                        Arrays.stream(RunState.class.getPermittedSubclasses())
                                .filter(type -> type != RunState.Finished.class),
                        Arrays.stream(RunState.Finished.class.getPermittedSubclasses()))
                .<Class<?>>map(type -> type)
                .toList();
    }

    static List<RunState> states() {
        JobId plan = new JobId(RUN, Phase.PLAN, 1);
        JobId apply = new JobId(RUN, Phase.APPLY, 1);
        Judgement approved = new Judgement(Verdict.APPROVE, List.of());
        Instant longAgo = NOW.minus(Duration.ofDays(2));
        PlanOutcome outcome = plan(true);
        List<RunState> states = new ArrayList<>();
        for (Instant since : List.of(NOW, longAgo)) {
            states.addAll(List.of(
                    new RunState.Pending(since),
                    new RunState.PrePlanTasks(since),
                    new RunState.PlanQueued(plan, since),
                    new RunState.Planning(plan, since),
                    new RunState.Assessing(outcome, Optional.empty(), Optional.empty(), Optional.empty(), since),
                    new RunState.Assessing(outcome, Optional.of(approved), Optional.empty(), Optional.empty(), since),
                    new RunState.Assessing(
                            outcome, Optional.of(approved), Optional.empty(), Optional.of(approved), since),
                    new RunState.Assessing(outcome, Optional.empty(), Optional.of(approved), Optional.empty(), since),
                    new RunState.Assessing(
                            plan(false), Optional.of(approved), Optional.empty(), Optional.empty(), since),
                    new RunState.AwaitingOverride(outcome, assessment(Verdict.BLOCK_OVERRIDABLE), since),
                    new RunState.AwaitingConfirmation(outcome, assessment(Verdict.APPROVE), since),
                    new RunState.PreApplyTasks(outcome, assessment(Verdict.APPROVE), "ada", since),
                    new RunState.PlanSaved(outcome, assessment(Verdict.APPROVE), since),
                    new RunState.AwaitingTurn(outcome, assessment(Verdict.APPROVE), "ada", since),
                    new RunState.ApplyQueued(outcome, assessment(Verdict.APPROVE), apply, "ada", since),
                    new RunState.Applying(outcome, assessment(Verdict.APPROVE), apply, since),
                    new RunState.PostApplyTasks(outcome, Counts.NONE, since),
                    new RunState.Stopping(plan, Optional.empty(), "ada", false, since, since),
                    new RunState.Stopping(apply, Optional.of(outcome), "ada", true, since, since),
                    new RunState.Applied(outcome, Counts.NONE, since),
                    new RunState.PlannedAndFinished(outcome, assessment(Verdict.APPROVE), since),
                    new RunState.Rejected(outcome, List.of("a reason"), false, since),
                    new RunState.Discarded(Optional.of(outcome), "ada", since),
                    new RunState.Canceled(Optional.empty(), "ada", false, since),
                    new RunState.Errored(Optional.empty(), "It failed.", since)));
        }
        return states;
    }

    static List<RunInput> inputs() {
        JobId plan = new JobId(RUN, Phase.PLAN, 1);
        JobId apply = new JobId(RUN, Phase.APPLY, 1);
        List<RunInput> inputs = new ArrayList<>(List.of(
                new RunInput.Confirm("ada"),
                new RunInput.Discard("ada"),
                new RunInput.Cancel("ada"),
                new RunInput.ForceCancel("ada"),
                new RunInput.OverrideBlock("ada"),
                new RunInput.TurnCame(),
                new RunInput.TimePassed()));
        for (JobId job : List.of(plan, apply, new JobId(RUN, Phase.PLAN, 2))) {
            inputs.addAll(List.of(
                    new RunInput.PhaseClaimed(job),
                    new RunInput.PlanFinished(job, plan(true)),
                    new RunInput.ApplyFinished(job, Counts.NONE),
                    new RunInput.PhaseFailed(job, "terraform plan failed."),
                    new RunInput.PhaseInterrupted(job, false),
                    new RunInput.JobLost(job, "The runner is gone.", false),
                    new RunInput.JobLost(job, "No such version.", true)));
        }
        for (Verdict verdict : Verdict.values()) {
            inputs.add(new RunInput.CostDecided(SHA, verdict, List.of("too dear")));
            inputs.add(new RunInput.PolicyDecided(SHA, verdict, List.of("not encrypted")));
            for (Stage stage : Stage.values()) {
                inputs.add(new RunInput.TasksDecided(stage, verdict, List.of("Run task scan failed")));
            }
        }
        return inputs;
    }
}
