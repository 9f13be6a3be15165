package io.terrafleet.api.page;

import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.RunState;
import io.terrafleet.api.run.RunView;
import io.terrafleet.contracts.event.Enforcement;
import io.terrafleet.contracts.event.PolicyDecision.Outcome;
import io.terrafleet.contracts.event.PolicyDecision.PolicyDecided;
import io.terrafleet.contracts.event.PolicyDecision.SetOutcome;
import io.terrafleet.contracts.event.PolicyDecision.Violation;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the policies said, as shown.
 *
 * @param shown false before there is a plan
 * @param progress how many of those who must override it have done so
 * @param message what is said instead of outcomes
 */
public record PolicyPart(
        boolean shown,
        Pill pill,
        String summary,
        List<SetRow> sets,
        Optional<String> overriddenBy,
        Optional<String> progress,
        Optional<String> message) {

    /** @param commit the first digits of the one it was taken from */
    public record SetRow(String name, Optional<String> commit, Optional<String> error, List<OutcomeRow> outcomes) {}

    /** @param more violations that are counted and not told */
    public record OutcomeRow(
            Pill pill,
            String policy,
            String enforcement,
            Optional<String> description,
            List<Broken> broken,
            int more) {}

    public record Broken(Optional<String> address, String message) {}

    static PolicyPart of(Run run, Optional<PolicyDecided> decided, Optional<String> progress) {
        if (decided.isPresent()) {
            return of(run.state(), decided.get(), progress);
        }
        boolean planned = RunView.plan(run.state()).isPresent();
        boolean awaited = planned && !(run.state() instanceof RunState.Finished);
        Pill pill = awaited ? new Pill("run", "Checking", "go") : new Pill("dash", "None", "calm");
        Optional<String> message = awaited
                ? Optional.of("The policies that apply to this workspace are being evaluated.")
                : Optional.empty();
        return new PolicyPart(awaited, pill, "", List.of(), Optional.empty(), Optional.empty(), message);
    }

    private static PolicyPart of(RunState state, PolicyDecided decided, Optional<String> progress) {
        List<SetRow> sets = decided.sets().stream().map(PolicyPart::set).toList();
        Optional<String> overriddenBy = overriddenBy(state);
        return new PolicyPart(
                true,
                pill(decided, overriddenBy.isPresent()),
                summary(decided),
                sets,
                overriddenBy,
                progress,
                sets.isEmpty() ? Optional.of("No policy set applies to this workspace.") : Optional.empty());
    }

    private static Pill pill(PolicyDecided decided, boolean overridden) {
        boolean advisory = decided.sets().stream()
                .flatMap(set -> set.outcomes().stream())
                .anyMatch(outcome -> outcome.status().equals("failed"));
        return switch (decided.verdict()) {
            case APPROVE ->
                advisory ? new Pill("hand", "Passed with advice", "wait") : new Pill("check", "Passed", "ok");
            case BLOCK_OVERRIDABLE ->
                overridden
                        ? new Pill("hand", "Overridden", "wait")
                        : new Pill("block", "Failed, can be overridden", "bad");
            case BLOCK -> new Pill("block", "Failed", "bad");
        };
    }

    private static Optional<String> overriddenBy(RunState state) {
        return switch (state) {
            case RunState.AwaitingConfirmation s -> s.assessment().overriddenBy();
            case RunState.PreApplyTasks s -> s.assessment().overriddenBy();
            case RunState.PlanSaved s -> s.assessment().overriddenBy();
            case RunState.AwaitingTurn s -> s.assessment().overriddenBy();
            case RunState.ApplyQueued s -> s.assessment().overriddenBy();
            case RunState.Applying s -> s.assessment().overriddenBy();
            case RunState.PlannedAndFinished s -> s.assessment().overriddenBy();
            case RunState.Pending s -> Optional.empty();
            case RunState.PrePlanTasks s -> Optional.empty();
            case RunState.PlanQueued s -> Optional.empty();
            case RunState.Planning s -> Optional.empty();
            case RunState.Assessing s -> Optional.empty();
            case RunState.AwaitingOverride s -> Optional.empty();
            case RunState.PostApplyTasks s -> Optional.empty();
            case RunState.Stopping s -> Optional.empty();
            case RunState.Applied s -> Optional.empty();
            case RunState.Rejected s -> Optional.empty();
            case RunState.Discarded s -> Optional.empty();
            case RunState.Canceled s -> Optional.empty();
            case RunState.Errored s -> Optional.empty();
        };
    }

    private static String summary(PolicyDecided decided) {
        List<Outcome> outcomes =
                decided.sets().stream().flatMap(set -> set.outcomes().stream()).toList();
        long passed = outcomes.stream()
                .filter(outcome -> outcome.status().equals("passed"))
                .count();
        return outcomes.isEmpty() ? "" : passed + " of " + outcomes.size() + " policies passed";
    }

    private static SetRow set(SetOutcome set) {
        List<OutcomeRow> outcomes = set.outcomes().stream()
                .sorted(Comparator.comparing(
                                (Outcome outcome) -> outcome.status().equals("passed"))
                        .thenComparing(Outcome::enforcement, Comparator.reverseOrder()))
                .map(PolicyPart::outcome)
                .toList();
        return new SetRow(
                set.name(), set.agreed().commit().map(commit -> commit.substring(0, 8)), set.error(), outcomes);
    }

    private static OutcomeRow outcome(Outcome outcome) {
        List<Broken> broken =
                outcome.violations().stream().map(PolicyPart::broken).toList();
        return new OutcomeRow(
                pill(outcome),
                outcome.policy(),
                enforcement(outcome.enforcement()),
                outcome.description(),
                broken,
                outcome.violationCount() - broken.size());
    }

    private static Broken broken(Violation violation) {
        boolean open = violation.verdict().equals("undecided");
        return new Broken(violation.address(), violation.message() + (open ? " (known only after apply)" : ""));
    }

    private static Pill pill(Outcome outcome) {
        boolean advisory = outcome.enforcement() == Enforcement.ADVISORY;
        return switch (outcome.status()) {
            case "passed" -> new Pill("check", "Passed", "ok");
            case "undecided" -> new Pill("clock", "Undecided", advisory ? "wait" : "bad");
            case "errored" -> new Pill("cross", "Could not be evaluated", "bad");
            default -> new Pill(advisory ? "hand" : "block", "Failed", advisory ? "wait" : "bad");
        };
    }

    private static String enforcement(Enforcement level) {
        return switch (level) {
            case ADVISORY -> "advisory";
            case MANDATORY -> "mandatory, can be overridden";
            case HARD_MANDATORY -> "mandatory";
        };
    }
}
