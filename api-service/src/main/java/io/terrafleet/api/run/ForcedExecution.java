package io.terrafleet.api.run;

import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.RunId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** Brings a waiting run to the front: those before it, none of which is at work, are given up. All of it, or nothing. */
@ApplicationScoped
public class ForcedExecution {
    private final RunStore store;
    private final Runs runs;

    ForcedExecution(RunStore store, Runs runs) {
        this.store = store;
        this.runs = runs;
    }

    @Transactional
    public void force(RunId id, String by, String comment) {
        RunEntity wanted = store.find(id).orElseThrow(Problem::notFound);
        if (!(RunMapper.state(wanted) instanceof RunState.Pending)) {
            throw Problem.conflict("Only a run that is pending can be forced; this one is " + wanted.status + ".");
        }
        for (RunId before : store.unfinishedBefore(wanted)) {
            runs.wish(before, wish(runs.find(before).orElseThrow(), by), "discarded", "to make way for " + id);
        }
        if (runs.find(id).orElseThrow().state() instanceof RunState.Pending) {
            throw Problem.conflict("The workspace is locked by somebody who is no run; unlock it first.");
        }
        runs.note(id, "force_executed", by, comment);
    }

    private static RunInput.Wish wish(Run run, String by) {
        return switch (run.state()) {
            case RunState.Pending s -> new RunInput.Cancel(by);
            case RunState.AwaitingConfirmation s -> new RunInput.Discard(by);
            case RunState.AwaitingOverride s -> new RunInput.Discard(by);
            case RunState.AwaitingTurn s -> new RunInput.Cancel(by);
            case RunState.PlanSaved s -> throw new IllegalStateException(run.id() + " holds nobody up");
            case RunState.PrePlanTasks s -> throw atWork(run);
            case RunState.PreApplyTasks s -> throw atWork(run);
            case RunState.PostApplyTasks s -> throw atWork(run);
            case RunState.PlanQueued s -> throw atWork(run);
            case RunState.Planning s -> throw atWork(run);
            case RunState.Assessing s -> throw atWork(run);
            case RunState.ApplyQueued s -> throw atWork(run);
            case RunState.Applying s -> throw atWork(run);
            case RunState.Stopping s -> throw atWork(run);
            case RunState.Finished s -> throw new IllegalStateException(run.id() + " is over");
        };
    }

    private static Problem atWork(Run run) {
        return Problem.conflict(run.id() + " is at work (" + run.status() + "); cancel it, or wait for it.");
    }
}
