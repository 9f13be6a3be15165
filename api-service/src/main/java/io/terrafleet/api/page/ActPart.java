package io.terrafleet.api.page;

import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.RunState;
import io.terrafleet.api.run.RunView;
import io.terrafleet.api.run.RunView.Actions;
import io.terrafleet.contracts.runner.PhaseResult.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is going on with the run, and what the one who looks can do about it. The two change apart from each other, so that somebody
 * who types a comment is not disturbed by news.
 *
 * @param tone {@code wait}, {@code go}, {@code bad}, {@code ok} or {@code calm}
 */
public record ActPart(String tone, Lead lead, Buttons choice) {
    /**
     * What is going on, in a sentence.
     *
     * @param reasons why it is blocked or ended so
     */
    public record Lead(String icon, String title, Optional<String> waiting, List<String> reasons) {}

    public record Buttons(List<Button> buttons) {}

    /** @param style of the button; empty for an ordinary one */
    public record Button(String action, String label, String style) {}

    /**
     * What the one who looks may do.
     *
     * @param overrides how many others must still override after that one; empty when that one may not
     * @param progress how far those who must override have come
     */
    record May(boolean write, OptionalInt overrides, Optional<String> progress) {}

    static ActPart of(Run run, Optional<String> waitingFor, Actions actions, May may) {
        Pill pill = Pill.of(run.state());
        Lead lead = new Lead(
                pill.icon(),
                title(run.state()),
                may.progress.or(() -> waitingFor.map(ActPart::sentence)),
                RunView.reasons(run.state()));
        return new ActPart(pill.tone(), lead, new Buttons(buttons(run.state(), actions, may)));
    }

    private static String title(RunState state) {
        return switch (state) {
            case RunState.Pending s -> "In the workspace's queue";
            case RunState.PrePlanTasks s -> "Run tasks are asked before the plan";
            case RunState.PlanQueued s -> "The plan is about to start";
            case RunState.Planning s -> "Terraform is planning";
            case RunState.Assessing s -> "Cost and policies are being checked";
            case RunState.AwaitingOverride s -> "Blocked until it is overridden";
            case RunState.AwaitingConfirmation s ->
                "Ready to be applied: " + changes(s.plan().counts());
            case RunState.PreApplyTasks s ->
                "Confirmed by " + s.confirmedBy() + ", run tasks are asked before the apply";
            case RunState.PlanSaved s ->
                "The plan is saved and can be applied: " + changes(s.plan().counts());
            case RunState.AwaitingTurn s -> "Confirmed by " + s.confirmedBy() + ", waits for the workspace";
            case RunState.ApplyQueued s -> "Confirmed by " + s.confirmedBy() + ", the apply is about to start";
            case RunState.Applying s -> "Terraform is applying the plan";
            case RunState.PostApplyTasks s -> "Applied: " + done(s.counts()) + "; run tasks are told";
            case RunState.Stopping s -> "Being stopped for " + s.by();
            case RunState.Applied s -> "Applied: " + done(s.counts());
            case RunState.PlannedAndFinished s ->
                s.plan().hasChanges()
                        ? "Planned, not to be applied: " + changes(s.plan().counts())
                        : "Nothing to change";
            case RunState.Rejected s -> "Blocked: the plan may not be applied";
            case RunState.Discarded s -> "Discarded";
            case RunState.Canceled s -> s.forced() ? "Killed" : "Cancelled";
            case RunState.Errored s -> "Failed";
        };
    }

    private static String changes(Counts counts) {
        return counts.additions() + " to add, " + counts.changes() + " to change, " + counts.destructions()
                + " to destroy";
    }

    private static String done(Counts counts) {
        return counts.additions() + " added, " + counts.changes() + " changed, " + counts.destructions() + " destroyed";
    }

    private static List<Button> buttons(RunState state, Actions actions, May may) {
        List<Button> buttons = new ArrayList<>();
        if (actions.overridable() && may.overrides().isPresent()) {
            int others = may.overrides().getAsInt();
            String label = others == 0 ? "Override and continue" : "Approve the override, " + others + " more needed";
            buttons.add(new Button("override", label, "danger"));
        }
        if (actions.confirmable() && may.write()) {
            int destroyed = RunView.plan(state)
                    .map(plan -> plan.counts().destructions())
                    .orElse(0);
            String warning = destroyed > 0 ? ", destroys " + destroyed : "";
            buttons.add(new Button("confirm", "Confirm and apply" + warning, "primary"));
        }
        if (actions.discardable() && may.write()) {
            buttons.add(new Button("discard", "Discard", ""));
        }
        if (actions.cancelable() && may.write() && !actions.discardable()) {
            buttons.add(new Button("cancel", "Cancel the run", "danger"));
        }
        if (actions.forceCancelable() && may.write()) {
            buttons.add(new Button("force-cancel", "Kill terraform now", "danger"));
        }
        return List.copyOf(buttons);
    }

    private static String sentence(String words) {
        return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
    }
}
