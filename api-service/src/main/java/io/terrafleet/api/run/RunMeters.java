package io.terrafleet.api.run;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;

/** What figures say of runs: how they move, how long they wait and for what, how long terraform takes, of what they die. */
final class RunMeters {
    /** The pool of runs that no agents' pool takes. */
    private static final String WORKERS = "workers";

    private final MeterRegistry meters;

    RunMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    /** @param input what moved it just now from one state into the one it has */
    void moved(Run run, RunState from, RunInput input, Instant at) {
        meters.counter("terrafleet.run.transitions", "from", RunView.status(from), "to", run.status())
                .increment();
        RunState to = run.state();
        Duration took = Duration.between(from.since(), at);
        if (from instanceof RunState.Pending || from instanceof RunState.AwaitingTurn) {
            waited(run, "turn", took);
        }
        if (to instanceof RunState.Planning || to instanceof RunState.Applying) {
            waited(run, "runner", took);
        }
        if (from instanceof RunState.Planning) {
            phase(run, "plan", input, took);
        }
        if (from instanceof RunState.Applying) {
            phase(run, "apply", input, took);
        }
        if (to instanceof RunState.Errored) {
            meters.counter("terrafleet.run.failures", "reason", reason(input)).increment();
        }
    }

    private void waited(Run run, String what, Duration took) {
        meters.timer("terrafleet.run.waited", "for", what, "pool", pool(run)).record(took);
    }

    private void phase(Run run, String phase, RunInput input, Duration took) {
        String version = run.exactVersion().orElse(run.terraformVersion());
        meters.timer(
                        "terrafleet.run.phase",
                        "phase",
                        phase,
                        "engine",
                        run.engine(),
                        "version",
                        version,
                        "pool",
                        pool(run),
                        "end",
                        end(input))
                .record(took);
    }

    private static String pool(Run run) {
        return run.agentPoolId().orElse(WORKERS);
    }

    private static String end(RunInput input) {
        return switch (input) {
            case RunInput.PlanFinished plan -> "done";
            case RunInput.ApplyFinished apply -> "done";
            case RunInput.Wish wish -> "stopped";
            case RunInput.Fact fact -> reason(fact);
        };
    }

    /** One of few words. */
    private static String reason(RunInput input) {
        return switch (input) {
            case RunInput.PhaseFailed failed -> "terraform-failed";
            case RunInput.PhaseInterrupted interrupted -> "interrupted";
            case RunInput.JobLost lost -> "runner-lost";
            case RunInput.TimePassed passed -> "too-late";
            case RunInput.CostDecided cost -> "cost-undecided";
            case RunInput.PolicyDecided policy -> "policy-undecided";
            case RunInput.TasksDecided tasks -> "task-undecided";
            case RunInput.TurnCame turn -> "not-begun";
            case RunInput.PhaseClaimed claimed -> "not-begun";
            case RunInput.PlanFinished plan -> "plan-unusable";
            case RunInput.ApplyFinished apply -> "apply-unusable";
            case RunInput.Wish wish -> "stopped";
        };
    }
}
