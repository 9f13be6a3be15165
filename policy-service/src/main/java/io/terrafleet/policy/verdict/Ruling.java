package io.terrafleet.policy.verdict;

import io.terrafleet.contracts.event.Enforcement;
import io.terrafleet.contracts.event.PolicyDecision.Outcome;
import io.terrafleet.contracts.event.PolicyDecision.SetOutcome;
import io.terrafleet.contracts.event.PolicyDecision.Violation;
import io.terrafleet.contracts.event.PolicySetRef;
import io.terrafleet.contracts.event.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What outcomes and enforcement levels make of a plan.
 *
 * <table>
 * <caption>Verdict of one policy</caption>
 * <tr><th></th><th>advisory</th><th>mandatory</th><th>hard-mandatory</th></tr>
 * <tr><td>passed</td><td>approve</td><td>approve</td><td>approve</td></tr>
 * <tr><td>undecided</td><td>approve</td><td>block-overridable</td><td>block-overridable</td></tr>
 * <tr><td>failed, errored</td><td>approve</td><td>block-overridable</td><td>block</td></tr>
 * </table>
 *
 * Undecided counts as failed, but can be overridden at every level: what nobody can know before the apply must not make an apply
 * impossible. (A set may choose that it does not fail a policy; then its outcome says passed.) A set that cannot be judged counts as errored at the strictest of its levels.
 *
 * @param reasons sentences, why it is not approved; empty on approval
 */
public record Ruling(Verdict verdict, List<String> reasons) {
    /** Reasons told; the rest is counted. */
    static final int MOST_REASONS = 50;

    /** @param sets in any order; each outcome belongs to one of them */
    public static Ruling of(List<SetOutcome> outcomes, List<PolicySetRef> sets) {
        Map<String, PolicySetRef> byId =
                sets.stream().collect(Collectors.toMap(PolicySetRef::id, set -> set, (first, second) -> first));
        Verdict verdict = Verdict.APPROVE;
        Set<String> reasons = new LinkedHashSet<>();
        for (SetOutcome set : outcomes) {
            if (set.error().isPresent()) {
                Verdict ofSet = verdict("errored", strictest(byId.get(set.policySetId())));
                verdict = verdict.and(ofSet);
                if (ofSet != Verdict.APPROVE) {
                    reasons.add("policy set " + set.name() + " cannot be judged: "
                            + set.error().get());
                }
            }
            for (Outcome outcome : set.outcomes()) {
                Verdict ofPolicy = verdict(outcome.status(), outcome.enforcement());
                verdict = verdict.and(ofPolicy);
                if (ofPolicy != Verdict.APPROVE) {
                    reasons.addAll(sentences(outcome));
                }
            }
        }
        return new Ruling(verdict, told(reasons));
    }

    private static Verdict verdict(String status, Enforcement level) {
        return switch (status) {
            case "passed" -> Verdict.APPROVE;
            case "undecided" -> level == Enforcement.ADVISORY ? Verdict.APPROVE : Verdict.BLOCK_OVERRIDABLE;
            case "failed", "errored" ->
                switch (level) {
                    case ADVISORY -> Verdict.APPROVE;
                    case MANDATORY -> Verdict.BLOCK_OVERRIDABLE;
                    case HARD_MANDATORY -> Verdict.BLOCK;
                };
            default -> throw new IllegalArgumentException("unknown status \"" + status + "\" of an outcome");
        };
    }

    private static Enforcement strictest(@org.jspecify.annotations.Nullable PolicySetRef set) {
        return set == null
                ? Enforcement.HARD_MANDATORY
                : set.policies().stream()
                        .map(PolicySetRef.PolicyRef::enforcement)
                        .max(Enforcement::compareTo)
                        .orElse(set.agreed().overridable() ? Enforcement.MANDATORY : Enforcement.HARD_MANDATORY);
    }

    private static List<String> sentences(Outcome outcome) {
        List<String> sentences = new ArrayList<>();
        for (Violation violation : outcome.violations()) {
            sentences.add(outcome.policy() + ": "
                    + violation.address().map(address -> address + ": ").orElse("")
                    + violation.message()
                    + (violation.verdict().equals("undecided") ? " (undecided)" : ""));
        }
        return sentences;
    }

    private static List<String> told(Set<String> reasons) {
        if (reasons.size() <= MOST_REASONS) {
            return List.copyOf(reasons);
        }
        List<String> told = new ArrayList<>(reasons.stream().limit(MOST_REASONS).toList());
        told.add("and " + (reasons.size() - MOST_REASONS) + " more");
        return List.copyOf(told);
    }
}
