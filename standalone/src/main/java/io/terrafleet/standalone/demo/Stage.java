package io.terrafleet.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.standalone.client.CostEstimate;
import io.terrafleet.standalone.client.PolicyOutcome;
import io.terrafleet.standalone.client.Run;
import io.terrafleet.standalone.client.TfeClient;
import io.terrafleet.standalone.platform.RunningPlatform;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What every act needs: the API, the screen, the notes, and how verdicts and costs are told. */
record Stage(RunningPlatform platform, TfeClient api, Screen screen, DemoSummary.Notes notes, String organization) {

    String runUrl(String workspace, String runId) {
        return platform.url() + "/app/" + organization + "/" + workspace + "/runs/" + runId;
    }

    /** Notes a broken promise, or that it was kept. */
    void promise(boolean kept, String promise) {
        if (!kept) {
            notes.problem(promise);
            screen.bad("broken", promise);
        }
    }

    Optional<CostEstimate> tellCost(Run run) {
        Optional<CostEstimate> cost = run.costEstimateId().map(api::costEstimate);
        cost.ifPresent(estimate -> screen.fact(
                "cost",
                "$" + estimate.proposedMonthly() + " a month, " + signed(estimate.deltaMonthly()) + " by this change ("
                        + estimate.matched() + " of " + estimate.resources() + " resources have a price)"));
        cost.flatMap(CostEstimate::error).ifPresent(error -> screen.bad("cost", error));
        return cost;
    }

    List<PolicyOutcome> tellVerdicts(Run run) {
        List<PolicyOutcome> outcomes = api.policyOutcomes(run);
        for (PolicyOutcome outcome : outcomes) {
            String told =
                    outcome.policy() + " (" + outcome.set() + ", " + outcome.enforcement() + ") " + outcome.status();
            if (outcome.status().equals("passed")) {
                screen.good("policy", "✓ " + told);
            } else {
                screen.bad("policy", "✗ " + told);
            }
            outcome.reasons().stream().limit(12).forEach(reason -> screen.line("             " + reason));
            if (outcome.reasons().size() > 12) {
                screen.line("             … and " + (outcome.reasons().size() - 12) + " more");
            }
        }
        return outcomes;
    }

    void note(
            String act,
            String workspace,
            Run run,
            Optional<CostEstimate> cost,
            List<PolicyOutcome> verdicts,
            Map<String, JsonNode> outputs,
            long logBytes) {
        notes.act(new DemoSummary.Act(
                act,
                workspace,
                run.id(),
                runUrl(workspace, run.id()),
                run.status(),
                run.timeline(),
                cost,
                verdicts,
                outputs,
                logBytes));
    }

    private static String signed(String amount) {
        return amount.startsWith("-") ? "-$" + amount.substring(1) : "+$" + amount;
    }
}
