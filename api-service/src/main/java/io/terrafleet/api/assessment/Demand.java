package io.terrafleet.api.assessment;

import io.terrafleet.contracts.event.Enforcement;
import io.terrafleet.contracts.event.PolicyDecision.Outcome;
import io.terrafleet.contracts.event.PolicyDecision.PolicyDecided;
import io.terrafleet.contracts.event.PolicyDecision.SetOutcome;
import io.terrafleet.contracts.event.PolicySetRef.Terms;
import io.terrafleet.contracts.event.Verdict;
import java.util.List;

/**
 * What the blocking sets of one part ask of those who override it: the strictest of each.
 *
 * @param blocked whether anything blocks there; otherwise there is nothing to override
 * @param approvals how many people it takes
 * @param authorMay whether the run's author may be one of them
 */
record Demand(boolean blocked, int approvals, boolean authorMay) {
    static Demand of(PolicyDecided decided, Part part) {
        List<Terms> blocking = sets(decided, part).stream()
                .filter(set -> blocks(decided, set))
                .map(SetOutcome::agreed)
                .toList();
        return new Demand(
                !blocking.isEmpty(),
                blocking.stream().mapToInt(Terms::requiredApprovals).max().orElse(1),
                blocking.stream().allMatch(Terms::authorMayOverride));
    }

    /** Whether it matters who overrides, so that only people count. */
    boolean personal() {
        return approvals > 1 || !authorMay;
    }

    static List<SetOutcome> sets(PolicyDecided decided, Part part) {
        boolean legacy = part == Part.POLICY_CHECK;
        return decided.sets().stream()
                .filter(set -> set.agreed().legacy() == legacy)
                .toList();
    }

    private static boolean blocks(PolicyDecided decided, SetOutcome set) {
        if (decided.verdict() == Verdict.APPROVE) {
            return false;
        }
        return set.error().isPresent() || set.outcomes().stream().anyMatch(Demand::blocks);
    }

    static boolean blocks(Outcome outcome) {
        return !outcome.status().equals("passed") && outcome.enforcement() != Enforcement.ADVISORY;
    }
}
