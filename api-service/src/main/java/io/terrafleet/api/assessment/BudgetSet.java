package io.terrafleet.api.assessment;

import io.terrafleet.api.document.Resource;
import io.terrafleet.api.run.Run;
import io.terrafleet.contracts.event.Budget;
import io.terrafleet.contracts.event.CostDecision.BudgetOutcome;
import io.terrafleet.contracts.event.CostDecision.CostDecided;
import io.terrafleet.contracts.event.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the budgets said of a plan, in the form of a policy set's outcome: clients that know policies and nothing of budgets, the terraform
 * command among them, show it with its reasons.
 */
final class BudgetSet {
    /** The prefix of its id. */
    static final String PREFIX = "budout";

    private BudgetSet() {}

    /** Whether a budget holds the plan, and does not only warn of it. */
    private static boolean holds(CostDecided cost, BudgetOutcome outcome) {
        return cost.verdict() != Verdict.APPROVE
                && outcome.action() != Budget.Action.WARN
                && (outcome.exceeded() || !cost.status().equals("finished"));
    }

    private static boolean passed(CostDecided cost, BudgetOutcome outcome) {
        return cost.status().equals("finished") && !outcome.exceeded();
    }

    static boolean holds(CostDecided cost) {
        return cost.budgets().stream().anyMatch(outcome -> holds(cost, outcome));
    }

    static void count(CostDecided cost, Map<String, Integer> counts) {
        for (BudgetOutcome outcome : cost.budgets()) {
            String kind =
                    passed(cost, outcome) ? "passed" : holds(cost, outcome) ? "mandatory-failed" : "advisory-failed";
            counts.merge(kind, 1, Integer::sum);
        }
    }

    static Resource resource(Run run, CostDecided cost) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        List.of("advisory-failed", "mandatory-failed", "passed", "errored").forEach(name -> counts.put(name, 0));
        count(cost, counts);
        boolean blocks = cost.budgets().stream()
                .anyMatch(outcome -> outcome.action() == Budget.Action.BLOCK && holds(cost, outcome));
        return Resource.of("policy-set-outcomes", run.sibling(PREFIX))
                .with("policy-set-name", "budgets")
                .with("policy-set-description", "What the plan may cost.")
                .with("overridable", !blocks)
                .with("error", "")
                .with("warnings", List.of())
                .with("result-count", counts)
                .with(
                        "outcomes",
                        cost.budgets().stream()
                                .map(outcome -> json(cost, outcome))
                                .toList())
                .toOne("policy-evaluation", "policy-evaluations", run.sibling("poleval"));
    }

    /** Members in snake case, as clients read them. */
    private static Map<String, Object> json(CostDecided cost, BudgetOutcome outcome) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("enforcement_level", holds(cost, outcome) ? "mandatory" : "advisory");
        json.put("query", "");
        json.put("status", passed(cost, outcome) ? "passed" : "failed");
        json.put("policy_name", outcome.name());
        json.put("description", outcome.message());
        return json;
    }
}
