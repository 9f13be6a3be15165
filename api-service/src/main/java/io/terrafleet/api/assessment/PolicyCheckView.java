package io.terrafleet.api.assessment;

import io.terrafleet.api.document.Resource;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.RunState;
import io.terrafleet.api.run.RunView;
import io.terrafleet.contracts.event.Enforcement;
import io.terrafleet.contracts.event.PolicyDecision.Outcome;
import io.terrafleet.contracts.event.PolicyDecision.PolicyDecided;
import io.terrafleet.contracts.event.PolicyDecision.SetOutcome;
import io.terrafleet.contracts.event.PolicyDecision.Violation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The outcome of a run's legacy policy sets, as a {@code policy-checks} resource and as the text that clients print. */
@ApplicationScoped
public class PolicyCheckView {
    private final Assessments assessments;
    private final Overrides overrides;

    PolicyCheckView(Assessments assessments, Overrides overrides) {
        this.assessments = assessments;
        this.overrides = overrides;
    }

    /** @param mayOverride whether the caller may override policies of this run */
    Resource resource(Run run, boolean mayOverride) {
        Optional<PolicyDecided> decided = assessments.policy(run.id());
        List<SetOutcome> sets = sets(decided);
        String id = run.sibling("polchk");
        Demand demand = overrides.demand(run, Part.POLICY_CHECK);
        return Resource.of("policy-checks", id)
                .with("status", status(run, decided))
                .with("scope", "organization")
                .with(
                        "result",
                        result(
                                sets,
                                decided.map(PolicyDecided::evaluationMillis).orElse(0L)))
                .with("status-timestamps", TaskStageView.times(run, "queued-at", status(run, decided)))
                .with("actions", Map.of("is-overridable", overrides.isOpen(run, Part.POLICY_CHECK)))
                .with("permissions", Map.of("can-override", mayOverride))
                .with("approvals-needed", demand.blocked() ? demand.approvals() : 0)
                .with("approvals-standing", overrides.standing(run, Part.POLICY_CHECK))
                .with(
                        "approvals",
                        overrides.approvals(run, Part.POLICY_CHECK).stream()
                                .map(TaskStageView::approval)
                                .toList())
                .toOne("run", "runs", run.id().value())
                .link("self", "/api/v2/policy-checks/" + id)
                .link("output", "/api/v2/policy-checks/" + id + "/output");
    }

    /** A run that ended before its plan was judged has an unreachable check. */
    String status(Run run, Optional<PolicyDecided> decided) {
        if (decided.isEmpty()) {
            if (run.state() instanceof RunState.Finished) {
                return RunView.plan(run.state()).isPresent() ? "errored" : "unreachable";
            }
            return RunView.plan(run.state()).isPresent() ? "queued" : "pending";
        }
        List<SetOutcome> sets = sets(decided);
        if (!overrides.demand(run, Part.POLICY_CHECK).blocked()) {
            return "passed";
        }
        boolean hard = sets.stream()
                .flatMap(set -> set.outcomes().stream())
                .anyMatch(outcome -> outcome.enforcement() == Enforcement.HARD_MANDATORY
                        && Demand.blocks(outcome)
                        && !outcome.status().equals("undecided"));
        boolean unusable = sets.stream().anyMatch(set -> set.error().isPresent());
        if (hard || (unusable && run.state() instanceof RunState.Rejected)) {
            return "hard_failed";
        }
        boolean overridden =
                !overrides.approvals(run, Part.POLICY_CHECK).isEmpty() && !overrides.isOpen(run, Part.POLICY_CHECK);
        return overridden ? "overridden" : "soft_failed";
    }

    /** For people, as clients print it. */
    String text(Run run) {
        Optional<PolicyDecided> decided = assessments.policy(run.id());
        StringBuilder text = new StringBuilder("Policy check, by Rego.\n\n");
        for (SetOutcome set : sets(decided)) {
            text.append("## Policy set: ").append(set.name());
            set.agreed().commit().ifPresent(commit -> text.append(" (commit ")
                    .append(commit, 0, 8)
                    .append(")"));
            text.append('\n');
            set.error()
                    .ifPresent(error ->
                            text.append("  cannot be judged: ").append(error).append('\n'));
            set.outcomes().forEach(outcome -> append(text, outcome));
            text.append('\n');
        }
        overrides.standing(run, Part.POLICY_CHECK).ifPresent(words -> text.append(words)
                .append('\n'));
        return text.toString();
    }

    private static void append(StringBuilder text, Outcome outcome) {
        text.append("  ")
                .append(outcome.policy())
                .append(" (")
                .append(level(outcome.enforcement()))
                .append("): ")
                .append(outcome.status())
                .append('\n');
        for (Violation violation : outcome.violations()) {
            text.append("    - ")
                    .append(violation.address().map(address -> address + ": ").orElse(""))
                    .append(violation.message())
                    .append('\n');
        }
        int more = outcome.violationCount() - outcome.violations().size();
        if (more > 0) {
            text.append("    - and ").append(more).append(" more\n");
        }
    }

    private static String level(Enforcement level) {
        return level == Enforcement.MANDATORY ? "soft-mandatory" : level.word();
    }

    private static List<SetOutcome> sets(Optional<PolicyDecided> decided) {
        return decided.map(said -> Demand.sets(said, Part.POLICY_CHECK)).orElse(List.of());
    }

    private static Map<String, Object> result(List<SetOutcome> sets, long millis) {
        List<Outcome> outcomes =
                sets.stream().flatMap(set -> set.outcomes().stream()).toList();
        long unusable = sets.stream().filter(set -> set.error().isPresent()).count();
        long hard = failed(outcomes, Enforcement.HARD_MANDATORY) + unusable;
        long soft = failed(outcomes, Enforcement.MANDATORY);
        long advisory = failed(outcomes, Enforcement.ADVISORY);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("result", hard + soft == 0);
        result.put("passed", outcomes.size() - (hard - unusable) - soft - advisory);
        result.put("total-failed", hard + soft + advisory);
        result.put("hard-failed", hard);
        result.put("soft-failed", soft);
        result.put("advisory-failed", advisory);
        result.put("duration-ms", millis);
        return result;
    }

    private static long failed(List<Outcome> outcomes, Enforcement level) {
        return outcomes.stream()
                .filter(outcome ->
                        outcome.enforcement() == level && !outcome.status().equals("passed"))
                .count();
    }
}
