package io.terrafleet.policy.evaluation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrafleet.contracts.event.PolicyDecision;
import io.terrafleet.contracts.event.PolicyDecision.Outcome;
import io.terrafleet.contracts.event.PolicyDecision.SetOutcome;
import io.terrafleet.contracts.event.PolicyDecision.Violation;
import io.terrafleet.contracts.event.PolicySetRef;
import io.terrafleet.contracts.event.PolicySetRef.PolicyRef;
import io.terrafleet.policy.evaluation.Answer.NotAnAnswer;
import io.terrafleet.rego.CompiledPolicies;
import io.terrafleet.rego.evaluation.Limits;
import io.terrafleet.rego.problem.RegoException;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Asks the policies of a set about a plan. A pure function: no clock, no network, no state. A policy that cannot be evaluated is
 * {@code errored}, never passed; a plan that does not show everything is {@code undecided} at best.
 */
public final class Evaluation {
    /** More policies in a set are refused. */
    public static final int MOST_POLICIES = 200;

    private static final Pattern REFERENCE =
            Pattern.compile("data(\\.[A-Za-z_][A-Za-z0-9_]*|\\[\"[^\"\\\\]{1,200}\"\\]){1,50}");

    private Evaluation() {}

    /** @param limits for each policy by itself */
    public static SetOutcome judge(Subject subject, PolicySetRef set, CompiledPolicies policies, Limits limits) {
        return judge(subject, set, policies, limits, PolicyDecision.MOST_VIOLATIONS);
    }

    /** @param mostViolations told of one policy; all are counted */
    public static SetOutcome judge(
            Subject subject, PolicySetRef set, CompiledPolicies policies, Limits limits, int mostViolations) {
        if (set.policies().size() > MOST_POLICIES) {
            return unusable(
                    set,
                    "the set has " + set.policies().size() + " policies; at most " + MOST_POLICIES + " are judged");
        }
        Value data = data(subject, set);
        List<Outcome> outcomes = new ArrayList<>();
        for (PolicyRef policy : set.policies()) {
            outcomes.add(judge(subject, policy, policies, data, limits, mostViolations));
        }
        return new SetOutcome(set.id(), set.name(), Optional.empty(), outcomes);
    }

    /** The outcome of a set that cannot be asked at all. */
    public static SetOutcome unusable(PolicySetRef set, String why) {
        return new SetOutcome(set.id(), set.name(), Optional.of(why), List.of());
    }

    private static Value data(Subject subject, PolicySetRef set) {
        ObjectNode parameters = JsonNodeFactory.instance.objectNode();
        set.parameters().forEach(parameters::set);
        return ObjectValue.of(Map.of(
                Value.of("params"),
                Value.fromJson(parameters),
                Value.of("terrafleet"),
                ObjectValue.of(Map.of(Value.of("index"), subject.index()))));
    }

    private static Outcome judge(
            Subject subject,
            PolicyRef policy,
            CompiledPolicies policies,
            Value data,
            Limits limits,
            int mostViolations) {
        if (!REFERENCE.matcher(policy.query()).matches()) {
            return errored(policy, "the query must be a reference such as data.acme.deny");
        }
        try {
            List<Violation> violations = new ArrayList<>(
                    Answer.violations(policies.query(policy.query()).evaluate(subject.input(), data, limits)));
            subject.incomplete().ifPresent(why -> violations.add(new Violation(Optional.empty(), why, "undecided")));
            return outcome(policy, status(violations), violations, mostViolations);
        } catch (NotAnAnswer e) {
            return errored(policy, e.getMessage() == null ? "" : e.getMessage());
        } catch (RegoException e) {
            return errored(policy, e.errors().getFirst().toString());
        } catch (StackOverflowError e) {
            return errored(policy, "the policy nests too deeply");
        }
    }

    private static String status(List<Violation> violations) {
        if (violations.isEmpty()) {
            return "passed";
        }
        return violations.stream().allMatch(violation -> violation.verdict().equals("undecided"))
                ? "undecided"
                : "failed";
    }

    private static Outcome errored(PolicyRef policy, String why) {
        return outcome(
                policy,
                "errored",
                List.of(new Violation(Optional.empty(), "the policy could not be evaluated: " + why, "fail")),
                1);
    }

    private static Outcome outcome(PolicyRef policy, String status, List<Violation> violations, int most) {
        return new Outcome(
                policy.name(),
                policy.query(),
                policy.enforcement(),
                status,
                policy.description(),
                violations.stream().limit(most).toList(),
                violations.size());
    }
}
