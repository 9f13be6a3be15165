package io.terrafleet.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.standalone.client.CostEstimate;
import io.terrafleet.standalone.client.PolicyOutcome;
import io.terrafleet.standalone.client.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the demo saw, for a script to check. Amounts in US dollars a month. */
public record DemoSummary(
        boolean ok, String url, double startupSeconds, String organization, List<Act> acts, List<String> problems) {

    /**
     * @param status when the act was over
     * @param outputs of the state, sensitive ones null
     */
    public record Act(
            String name,
            String workspace,
            String runId,
            String runUrl,
            String status,
            List<Run.Reached> timeline,
            Optional<CostEstimate> cost,
            List<PolicyOutcome> verdicts,
            Map<String, JsonNode> outputs,
            long logBytes) {}

    /** Gathers acts and problems while the demo goes on. */
    static final class Notes {
        private final List<Act> acts = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();

        void act(Act act) {
            acts.add(act);
        }

        void problem(String problem) {
            problems.add(problem);
        }

        List<String> problems() {
            return problems;
        }

        DemoSummary summary(String url, double startupSeconds, String organization) {
            return new DemoSummary(
                    problems.isEmpty(), url, startupSeconds, organization, List.copyOf(acts), List.copyOf(problems));
        }
    }
}
