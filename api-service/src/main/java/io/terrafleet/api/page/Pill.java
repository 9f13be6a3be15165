package io.terrafleet.api.page;

import io.terrafleet.api.run.RunState;

/**
 * A state in one word, with the icon and the tone that go with it.
 *
 * @param icon of the sprite in {@code icons.html}
 * @param tone {@code ok}, {@code go}, {@code wait}, {@code bad} or {@code calm}
 */
public record Pill(String icon, String label, String tone) {
    static Pill of(RunState state) {
        return switch (state) {
            case RunState.Pending s -> new Pill("clock", "Queued", "calm");
            case RunState.PrePlanTasks s -> new Pill("run", "Run tasks", "go");
            case RunState.PlanQueued s -> new Pill("clock", "Plan queued", "calm");
            case RunState.Planning s -> new Pill("run", "Planning", "go");
            case RunState.Assessing s -> new Pill("run", "Checking", "go");
            case RunState.AwaitingOverride s -> new Pill("block", "Needs override", "bad");
            case RunState.AwaitingConfirmation s -> new Pill("hand", "Needs confirmation", "wait");
            case RunState.PreApplyTasks s -> new Pill("run", "Run tasks", "go");
            case RunState.PlanSaved s -> new Pill("hand", "Plan saved", "wait");
            case RunState.AwaitingTurn s -> new Pill("clock", "Confirmed", "calm");
            case RunState.ApplyQueued s -> new Pill("clock", "Apply queued", "go");
            case RunState.Applying s -> new Pill("run", "Applying", "go");
            case RunState.PostApplyTasks s -> new Pill("run", "Run tasks", "go");
            case RunState.Stopping s -> new Pill("run", "Stopping", "wait");
            case RunState.Applied s -> new Pill("check", "Applied", "ok");
            case RunState.PlannedAndFinished s ->
                new Pill("check", s.plan().hasChanges() ? "Planned" : "No changes", "ok");
            case RunState.Rejected s -> new Pill("block", "Blocked", "bad");
            case RunState.Discarded s -> new Pill("dash", "Discarded", "calm");
            case RunState.Canceled s -> new Pill("cross", s.forced() ? "Killed" : "Cancelled", "calm");
            case RunState.Errored s -> new Pill("cross", "Failed", "bad");
        };
    }
}
