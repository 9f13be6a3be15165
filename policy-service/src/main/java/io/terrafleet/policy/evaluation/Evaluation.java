package io.terrafleet.policy.evaluation;

import io.terrafleet.contracts.event.PolicyDecision;
import io.terrafleet.contracts.event.PolicyDecision.Outcome;
import io.terrafleet.contracts.event.PolicyDecision.SetOutcome;
import io.terrafleet.contracts.event.PolicyDecision.Violation;
import io.terrafleet.contracts.event.PolicySetRef;
import io.terrafleet.contracts.event.PolicySetRef.PolicyRef;
import io.terrafleet.policy.evaluation.Answer.NotAnAnswer;
import io.terrafleet.rego.CompiledPolicies;
import io.terrafleet.rego.evaluation.Limits;
import io.terrafleet.rego.evaluation.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Asks the policies of a set about a plan. The engine is asked, everything else is pure: no clock, no state. A policy that cannot be evaluated is
 * {@code errored}, never passed; a plan that does not show everything is {@code undecided} at best.
 */
public final class Evaluation {
    /** More policies in a set are refused. */
    public static final int MOST_POLICIES = 200;

    private static final Pattern REFERENCE =
            Pattern.compile("data(\\.[A-Za-z_][A-Za-z0-9_]*|\\[\"[^\"\\\\]{1,200}\"\\]){1,50}");

    private Evaluation() {}

    /**
     * By our own engine.
     *
     * @param limits for each policy by itself
     */
    public static SetOutcome judge(Subject subject, PolicySetRef set, CompiledPolicies policies, Limits limits) {
        return judge(subject, set, policies, limits, PolicyDecision.MOST_VIOLATIONS);
    }

    /**
     * By our own engine.
     *
     * @param mostViolations told of one policy; all are counted
     */
    public static SetOutcome judge(
            Subject subject, PolicySetRef set, CompiledPolicies policies, Limits limits, int mostViolations) {
        Settings settings = Settings.DEFAULT.withLimits(limits);
        return judge(subject, set, new RegoEngine(subject, set, policies, settings, false), mostViolations);
    }

    /** @param mostViolations told of one policy; all are counted */
    public static SetOutcome judge(Subject subject, PolicySetRef set, Engine engine, int mostViolations) {
        if (set.policies().size() > MOST_POLICIES) {
            return unusable(
                    set,
                    "the set has " + set.policies().size() + " policies; at most " + MOST_POLICIES + " are judged");
        }
        List<Outcome> outcomes = set.policies().stream()
                .map(policy -> judge(subject, set, policy, engine, mostViolations))
                .toList();
        return new SetOutcome(set.id(), set.name(), Optional.empty(), outcomes, set.terms());
    }

    /** The outcome of a set that cannot be asked at all. */
    public static SetOutcome unusable(PolicySetRef set, String why) {
        return new SetOutcome(set.id(), set.name(), Optional.of(why), List.of(), set.terms());
    }

    private static Outcome judge(
            Subject subject, PolicySetRef set, PolicyRef policy, Engine engine, int mostViolations) {
        if (!REFERENCE.matcher(policy.query()).matches()) {
            return errored(policy, "the query must be a reference such as data.acme.deny");
        }
        try {
            List<Violation> violations = new ArrayList<>(Answer.violations(engine.answer(policy)));
            Optional<String> exemption = violations.isEmpty() ? Optional.empty() : engine.exemption(policy);
            exemption.ifPresent(why -> violations.clear());
            List<String> unseen = new ArrayList<>();
            subject.incomplete().ifPresent(unseen::add);
            subject.cost().unknown().filter(why -> engine.readsCost(policy)).ifPresent(unseen::add);
            unseen.forEach(why -> violations.add(new Violation(Optional.empty(), why, "undecided")));
            boolean undecidedBlocks = set.agreed().undecidedBlocks() || !unseen.isEmpty();
            PolicyRef told = exemption.map(why -> described(policy, why)).orElse(policy);
            return outcome(told, status(violations, undecidedBlocks), violations, mostViolations);
        } catch (NotAnAnswer | Engine.Unanswered e) {
            return errored(policy, e.getMessage() == null ? "" : e.getMessage());
        }
    }

    private static PolicyRef described(PolicyRef policy, String more) {
        String description =
                policy.description().map(text -> text + " \u2014 " + more).orElse(more);
        return new PolicyRef(policy.name(), policy.query(), policy.enforcement(), Optional.of(description));
    }

    /** What is known only after the apply is told in any case, but fails the policy only where the set wants that. */
    private static String status(List<Violation> violations, boolean undecidedBlocks) {
        if (violations.isEmpty()) {
            return "passed";
        }
        if (violations.stream().anyMatch(violation -> !violation.verdict().equals("undecided"))) {
            return "failed";
        }
        return undecidedBlocks ? "undecided" : "passed";
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
