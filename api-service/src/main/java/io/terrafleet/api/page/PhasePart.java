package io.terrafleet.api.page;

import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.RunState;
import io.terrafleet.api.run.RunView;
import io.terrafleet.contracts.runner.PhaseResult.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The head of a plan's or an apply's card.
 *
 * @param shown false while it is not known whether there will be one
 * @param counts of what changes, or changed
 * @param openLog whether the log is what one wants to see first
 */
public record PhasePart(
        boolean shown, Pill pill, Optional<Counts> counts, Optional<String> took, boolean openLog, boolean readable) {

    static PhasePart plan(Run run) {
        boolean planned = RunView.plan(run.state()).isPresent();
        Optional<Counts> counts = RunView.plan(run.state()).map(plan -> plan.counts());
        return new PhasePart(
                true,
                planned ? finished() : unfinished(run, "planning-at"),
                counts,
                took(run, "planning-at", "planned-at"),
                !planned,
                planned);
    }

    static PhasePart apply(Run run) {
        boolean asked = run.timestamps().containsKey("apply-queued-at");
        Optional<Counts> counts =
                run.state() instanceof RunState.Applied applied ? Optional.of(applied.counts()) : Optional.empty();
        Pill pill = run.state() instanceof RunState.Applied ? finished() : unfinished(run, "applying-at");
        return new PhasePart(asked, pill, counts, took(run, "applying-at", "applied-at"), true, false);
    }

    private static Pill finished() {
        return new Pill("check", "Finished", "ok");
    }

    private static Pill unfinished(Run run, String began) {
        boolean running = run.timestamps().containsKey(began);
        return switch (run.state()) {
            case RunState.Errored s -> new Pill("cross", running ? "Failed" : "Not started", running ? "bad" : "calm");
            case RunState.Canceled s -> new Pill("cross", "Cancelled", "calm");
            case RunState.Discarded s -> new Pill("dash", "Not started", "calm");
            case RunState.Finished s -> new Pill("dash", "Not started", "calm");
            case RunState.Stopping s -> new Pill("run", "Stopping", "wait");
            case RunState.Pending s -> new Pill("clock", "Waiting", "calm");
            case RunState.PrePlanTasks s -> new Pill("clock", "Waiting", "calm");
            case RunState.PlanQueued s -> new Pill("clock", "Waiting", "calm");
            case RunState.Planning s -> new Pill("run", "Running", "go");
            case RunState.Assessing s -> finished();
            case RunState.AwaitingOverride s -> finished();
            case RunState.AwaitingConfirmation s -> finished();
            case RunState.PreApplyTasks s -> new Pill("clock", "Waiting", "calm");
            case RunState.PlanSaved s -> finished();
            case RunState.AwaitingTurn s -> new Pill("clock", "Waiting", "calm");
            case RunState.ApplyQueued s -> new Pill("clock", "Waiting", "calm");
            case RunState.Applying s -> new Pill("run", "Running", "go");
            case RunState.PostApplyTasks s -> finished();
        };
    }

    private static Optional<String> took(Run run, String from, String to) {
        Instant began = run.timestamps().get(from);
        Instant ended = run.timestamps().get(to);
        return began == null || ended == null
                ? Optional.empty()
                : Optional.of(Moment.took(Duration.between(began, ended)));
    }
}
