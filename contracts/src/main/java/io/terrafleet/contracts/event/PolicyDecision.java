package io.terrafleet.contracts.event;

import io.terrafleet.contracts.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the policy-service decided. Topic {@code terrafleet.policy-decisions}. */
public sealed interface PolicyDecision extends RunFact {
    /** Violations told of one policy; more are counted and left to the policy-service's own store. */
    int MOST_VIOLATIONS = 200;

    /**
     * @param planSha256 the hash of the plan document that was judged
     * @param reasons sentences for people, why it is not approved; empty on approval
     */
    record PolicyDecided(
            RunId run,
            String planSha256,
            Verdict verdict,
            List<String> reasons,
            List<SetOutcome> sets,
            long evaluationMillis,
            Instant decidedAt)
            implements PolicyDecision {}

    /**
     * What a proposed version of a policy set would have said of a plan. Nothing of the run follows from it.
     *
     * @param trial {@code ptrial-} and 16 letters or digits
     * @param failed names of the policies that would not have passed
     * @param error why it could not be judged
     */
    record TrialJudged(
            RunId run, String trial, Verdict verdict, List<String> failed, Optional<String> error, Instant judgedAt)
            implements PolicyDecision {}

    /**
     * @param error why the set could not be judged; then its verdict is the strictest of its policies' levels
     * @param terms those of the set as it was judged; absent where they are the usual ones
     */
    record SetOutcome(
            String policySetId,
            String name,
            Optional<String> error,
            List<Outcome> outcomes,
            Optional<PolicySetRef.Terms> terms) {
        /** Of a set under the usual terms. */
        public SetOutcome(String policySetId, String name, Optional<String> error, List<Outcome> outcomes) {
            this(policySetId, name, error, outcomes, Optional.empty());
        }

        public PolicySetRef.Terms agreed() {
            return terms.orElse(PolicySetRef.Terms.USUAL);
        }
    }

    /**
     * @param status {@code passed}, {@code failed}, {@code undecided} (known only after apply) or {@code errored}
     * @param violations at most {@link #MOST_VIOLATIONS}
     * @param violationCount of all, told or not
     */
    record Outcome(
            String policy,
            String query,
            Enforcement enforcement,
            String status,
            Optional<String> description,
            List<Violation> violations,
            int violationCount) {}

    /**
     * @param address of the resource, when the policy names one
     * @param verdict {@code fail} or {@code undecided}
     */
    record Violation(Optional<String> address, String message, String verdict) {}
}
