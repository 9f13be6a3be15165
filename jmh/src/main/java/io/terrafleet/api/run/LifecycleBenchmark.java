package io.terrafleet.api.run;

import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Phase;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.event.Verdict;
import io.terrafleet.contracts.runner.PhaseResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A run that applies by itself, from its place in the queue to its end. */
@State(Scope.Benchmark)
public class LifecycleBenchmark {
    static final RunId RUN = new RunId("run-CZcmD7eagjhyX0vN");
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    static final RunOptions AUTO_APPLY = new RunOptions(
            false, true, false, true, false, List.of(), List.of(), false, false, false, Map.of(), false, false);

    private static final String SHA256 = "a".repeat(64);
    private static final int STEPS = 7;

    private final RunLifecycle lifecycle = new RunLifecycle(new RunLifecycle.Limits(
            3, Duration.ofHours(1), Duration.ofHours(24), Duration.ofMinutes(70), Duration.ofSeconds(10)));
    private final List<RunInput> story = story();

    static PlanOutcome plan() {
        ArtifactRef artifact = new ArtifactRef("art-CZcmD7eagjhyX0vN", SHA256, 48_213);
        return new PlanOutcome(
                artifact, artifact, artifact, Optional.empty(), true, new PhaseResult.Counts(3, 1, 0, 0));
    }

    private static List<RunInput> story() {
        JobId plan = new JobId(RUN, Phase.PLAN, 1);
        JobId apply = new JobId(RUN, Phase.APPLY, 1);
        return List.of(
                new RunInput.TurnCame(),
                new RunInput.PhaseClaimed(plan),
                new RunInput.PlanFinished(plan, plan()),
                new RunInput.CostDecided(SHA256, Verdict.APPROVE, List.of()),
                new RunInput.PolicyDecided(SHA256, Verdict.APPROVE, List.of()),
                new RunInput.PhaseClaimed(apply),
                new RunInput.ApplyFinished(apply, new PhaseResult.Counts(3, 1, 0, 0)));
    }

    /** The figure is that of one step. */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public RunState step() {
        RunState state = new RunState.Pending(NOW);
        for (RunInput input : story) {
            Transition transition = lifecycle.next(RUN, AUTO_APPLY, state, input, NOW);
            if (!(transition instanceof Transition.Moved moved)) {
                throw new IllegalStateException(state + " is not moved by " + input);
            }
            state = moved.to();
        }
        if (!(state instanceof RunState.Applied)) {
            throw new IllegalStateException("the run ends as " + state);
        }
        return state;
    }
}
