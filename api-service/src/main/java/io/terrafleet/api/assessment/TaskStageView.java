package io.terrafleet.api.assessment;

import io.terrafleet.api.access.Principal;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.RunInclude;
import io.terrafleet.api.run.RunState;
import io.terrafleet.api.run.RunView;
import io.terrafleet.api.stage.StageView;
import io.terrafleet.api.stage.TaskStages;
import io.terrafleet.contracts.event.CostDecision.CostDecided;
import io.terrafleet.contracts.event.Enforcement;
import io.terrafleet.contracts.event.PolicyDecision.Outcome;
import io.terrafleet.contracts.event.PolicyDecision.PolicyDecided;
import io.terrafleet.contracts.event.PolicyDecision.SetOutcome;
import io.terrafleet.contracts.event.PolicyDecision.Violation;
import io.terrafleet.contracts.event.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The judgement after the plan, as a {@code task-stages} resource with its policy evaluation and the outcome of each policy set. */
@ApplicationScoped
public class TaskStageView implements RunInclude {
    /** No verdict yet; or, overridden, one that came before. */
    private static final Set<String> UNTIMED = Set.of("pending", "queued", "running", "unreachable", "overridden");

    private final Assessments assessments;
    private final TaskStages taskStages;
    private final Overrides overrides;

    TaskStageView(Assessments assessments, TaskStages taskStages, Overrides overrides) {
        this.assessments = assessments;
        this.taskStages = taskStages;
        this.overrides = overrides;
    }

    @Override
    public String name() {
        return "task_stages";
    }

    @Override
    public List<Resource> of(Run run) {
        return all(run);
    }

    /** That of after the plan, which every run has, and those at which the run meets run tasks; in the order of its life. */
    List<Resource> all(Run run) {
        return run.taskStages().stream().map(id -> stage(run, id)).toList();
    }

    private Resource stage(Run run, String id) {
        return id.equals(run.sibling("ts"))
                ? stage(run, false)
                : taskStages.find(id).map(StageView::of).orElseThrow(Problem::notFound);
    }

    /** As somebody sees it: for who has approved already it runs on until the others have, so that clients wait and do not ask again. */
    Resource stage(Run run, String id, Principal who) {
        return id.equals(run.sibling("ts")) ? stage(run, overrides.hasDone(run, Part.TASK_STAGE, who)) : stage(run, id);
    }

    private Resource stage(Run run, boolean done) {
        boolean overridable = overrides.isOpen(run, Part.TASK_STAGE) && !done;
        Demand demand = overrides.demand(run, Part.TASK_STAGE);
        String status = done ? "running" : status(run);
        return Resource.of("task-stages", run.sibling("ts"))
                .with("stage", "post_plan")
                .with("status", status)
                .with("status-timestamps", times(run, "running-at", status))
                .with("created-at", run.createdAt())
                .with("updated-at", run.state().since())
                .with("actions", Map.of("is-overridable", overridable))
                .with(
                        "permissions",
                        Map.of(
                                "can-override-policy",
                                overridable,
                                "can-override-tasks",
                                false,
                                "can-override",
                                overridable))
                .with("approvals-needed", demand.blocked() ? demand.approvals() : 0)
                .with("approvals-standing", overrides.standing(run, Part.TASK_STAGE))
                .with(
                        "approvals",
                        overrides.approvals(run, Part.TASK_STAGE).stream()
                                .map(TaskStageView::approval)
                                .toList())
                .toOne("run", "runs", run.id().value())
                .toMany("task-results", "task-results", taskStages.resultIds(run.sibling("ts")))
                .toMany("policy-evaluations", "policy-evaluations", List.of(run.sibling("poleval")))
                .toOne("cost-estimate", "cost-estimates", run.sibling("ce"))
                .link("self", "/api/v2/task-stages/" + run.sibling("ts"));
    }

    static Map<String, Object> approval(Overrides.Approval approval) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("username", approval.name());
        json.put("comment", approval.comment());
        json.put("approved-at", approval.at());
        return json;
    }

    private String status(Run run) {
        return switch (run.state()) {
            case RunState.Pending s -> "pending";
            case RunState.PrePlanTasks s -> "pending";
            case RunState.PlanQueued s -> "pending";
            case RunState.Planning s -> "pending";
            case RunState.Assessing s -> "running";
            case RunState.AwaitingOverride s -> overrides.isOpen(run, Part.TASK_STAGE) ? "awaiting_override" : "passed";
            case RunState.Rejected s -> overrides.demand(run, Part.TASK_STAGE).blocked() ? "failed" : "passed";
            case RunState.AwaitingConfirmation s -> "passed";
            case RunState.PreApplyTasks s -> "passed";
            case RunState.PlanSaved s -> "passed";
            case RunState.AwaitingTurn s -> "passed";
            case RunState.ApplyQueued s -> "passed";
            case RunState.Applying s -> "passed";
            case RunState.PostApplyTasks s -> "passed";
            case RunState.Applied s -> "passed";
            case RunState.PlannedAndFinished s -> "passed";
            case RunState.Stopping s -> s.plan().isPresent() ? "passed" : "pending";
            case RunState.Discarded s -> ended(run, "canceled");
            case RunState.Canceled s -> ended(run, "canceled");
            case RunState.Errored s -> ended(run, "errored");
        };
    }

    private static String ended(Run run, String otherwise) {
        if (RunView.plan(run.state()).isEmpty()) {
            return "unreachable";
        }
        return run.timestamps().containsKey("confirmed-at") ? "passed" : otherwise;
    }

    Resource evaluation(Run run) {
        Optional<PolicyDecided> decided = assessments.policy(run.id());
        Map<String, Integer> counts = counts(sets(decided));
        Optional<CostDecided> cost = assessments.cost(run.id());
        cost.ifPresent(said -> BudgetSet.count(said, counts));
        return Resource.of("policy-evaluations", run.sibling("poleval"))
                .with("status", evaluationStatus(run, decided))
                .with("policy-kind", "opa")
                .with("policy-tool-version", "terrafleet-rego-1")
                .with("result-count", counts)
                .with("reasons", decided.map(PolicyDecided::reasons).orElse(List.of()))
                .with("status-timestamps", times(run, "running-at", evaluationStatus(run, decided)))
                .with("created-at", run.createdAt())
                .with("updated-at", run.state().since())
                .toOne("policy-attachable", "task-stages", run.sibling("ts"))
                .related(
                        "policy-set-outcomes",
                        "/api/v2/policy-evaluations/" + run.sibling("poleval") + "/policy-set-outcomes");
    }

    private String evaluationStatus(Run run, Optional<PolicyDecided> decided) {
        if (decided.isEmpty()) {
            String stage = status(run);
            return stage.equals("passed") || stage.equals("failed") || stage.equals("awaiting_override")
                    ? "errored"
                    : stage;
        }
        boolean held = assessments.cost(run.id()).filter(BudgetSet::holds).isPresent();
        boolean approved = decided.get().verdict() == Verdict.APPROVE
                || (decided.get().sets().stream().anyMatch(set -> set.agreed().legacy())
                        && !Demand.of(decided.get(), Part.TASK_STAGE).blocked());
        if (approved && !held) {
            return "passed";
        }
        return run.timestamps().containsKey("confirmed-at") ? "overridden" : "failed";
    }

    /** Those that are shown here and not in a policy check. */
    private static List<SetOutcome> sets(Optional<PolicyDecided> decided) {
        return decided.map(said -> Demand.sets(said, Part.TASK_STAGE)).orElse(List.of());
    }

    List<Resource> results(Run run, String stageId) {
        return taskStages
                .find(stageId)
                .map(stage -> stage.results().stream()
                        .map(result -> StageView.of(result, run.options().planOnly()))
                        .toList())
                .orElse(List.of());
    }

    Optional<Found> outcome(String id) {
        return assessments.runOfOutcome(id).flatMap(run -> assessments.policy(run.id()).stream()
                .flatMap(decided -> decided.sets().stream())
                .filter(set ->
                        assessments.outcomeId(run.id(), set.policySetId()).equals(id))
                .findFirst()
                .map(set -> new Found(run, outcome(run, set))));
    }

    /** An outcome and the run it is of. */
    record Found(Run run, Resource outcome) {}

    List<Resource> outcomes(Run run) {
        return Stream.concat(
                        sets(assessments.policy(run.id())).stream().map(set -> outcome(run, set)),
                        budgets(run).stream())
                .toList();
    }

    /** What the budgets said, where there are any. */
    Optional<Resource> budgets(Run run) {
        return assessments
                .cost(run.id())
                .filter(cost -> !cost.budgets().isEmpty())
                .map(cost -> BudgetSet.resource(run, cost));
    }

    private Resource outcome(Run run, SetOutcome set) {
        boolean overridable = set.outcomes().stream()
                .filter(outcome -> !outcome.status().equals("passed"))
                .noneMatch(outcome -> outcome.enforcement() == Enforcement.HARD_MANDATORY);
        Optional<String> standing = overrides.standing(run, Part.TASK_STAGE);
        return Resource.of("policy-set-outcomes", assessments.outcomeId(run.id(), set.policySetId()))
                .with("policy-set-name", set.name())
                .with("policy-set-description", "")
                .with("policy-tool-version", "terrafleet-rego-1")
                .with("overridable", overridable)
                .with("commit-sha", set.agreed().commit())
                .with("policy-set-version-id", set.agreed().version())
                .with("required-approvals", set.agreed().requiredApprovals())
                .with("author-may-override", set.agreed().authorMayOverride())
                .with("error", set.error().orElse(""))
                .with("warnings", List.of())
                .with("result-count", counts(List.of(set)))
                .with(
                        "outcomes",
                        set.outcomes().stream()
                                .map(outcome -> json(outcome, standing.filter(words -> Demand.blocks(outcome))))
                                .toList())
                .toOne("policy-evaluation", "policy-evaluations", run.sibling("poleval"));
    }

    /**
     * Members in snake case, as clients read them.
     *
     * @param standing how far the override of what blocks has come
     */
    private static Map<String, Object> json(Outcome outcome, Optional<String> standing) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("enforcement_level", outcome.enforcement().word());
        json.put("query", outcome.query());
        json.put("status", outcome.status().equals("undecided") ? "failed" : outcome.status());
        json.put("policy_name", outcome.policy());
        json.put("description", description(outcome, standing));
        json.put(
                "output",
                outcome.violations().stream().map(TaskStageView::violation).toList());
        json.put("violation_count", outcome.violationCount());
        return json;
    }

    /** The CLI prints the description and not the output, so the first reasons stand in it, and who has agreed to set them aside. */
    private static String description(Outcome outcome, Optional<String> standing) {
        StringBuilder text = new StringBuilder(outcome.description().orElse(""));
        outcome.violations().stream().limit(5).forEach(violation -> text.append(text.isEmpty() ? "- " : "\n     | - ")
                .append(violation.address().map(address -> address + ": ").orElse(""))
                .append(violation.message()));
        int more = outcome.violationCount() - Math.min(5, outcome.violations().size());
        text.append(more > 0 ? "\n     | - and " + more + " more" : "");
        standing.ifPresent(words -> text.append("\n     | ").append(words));
        return text.toString();
    }

    private static Map<String, Object> violation(Violation violation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("address", violation.address().orElse(""));
        json.put("message", violation.message());
        json.put("verdict", violation.verdict());
        return json;
    }

    private static Map<String, Integer> counts(List<SetOutcome> sets) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        List.of("advisory-failed", "mandatory-failed", "passed", "errored").forEach(name -> counts.put(name, 0));
        for (SetOutcome set : sets) {
            for (Outcome outcome : set.outcomes()) {
                counts.merge(kind(outcome), 1, Integer::sum);
            }
        }
        return counts;
    }

    private static String kind(Outcome outcome) {
        return switch (outcome.status()) {
            case "passed" -> "passed";
            case "errored" -> "errored";
            default -> outcome.enforcement() == Enforcement.ADVISORY ? "advisory-failed" : "mandatory-failed";
        };
    }

    /** When the plan was there to be judged, under the name that is given, and when its verdicts were, under what came of them. */
    static Map<String, Object> times(Run run, String begun, String status) {
        Map<String, Object> times = new LinkedHashMap<>();
        Optional.ofNullable(run.timestamps().get("planned-at")).ifPresent(at -> times.put(begun, at));
        if (!UNTIMED.contains(status)) {
            Optional.ofNullable(run.timestamps().get("policy-checked-at"))
                    .ifPresent(at -> times.put(status.replace('_', '-') + "-at", at));
        }
        return times;
    }
}
