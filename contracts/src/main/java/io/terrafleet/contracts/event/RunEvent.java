package io.terrafleet.contracts.event;

import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.WorkspaceId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What became of a run, told to whoever judges or counts. Topic {@code terrafleet.run-events}. */
public sealed interface RunEvent extends RunFact {

    /**
     * A plan lies ready to be judged. Carries all that its judges need.
     *
     * @param plan the document of {@code terraform show -json}; its hash names the plan in every decision
     * @param document what policies see as {@code input.run}
     * @param policySets the sets that apply to this workspace, at the version to judge by
     * @param budgets the budgets that bind this workspace
     * @param usage what is known of the use of its resources, each in the format of {@code infracost-usage.yml}; what a later
     *     one says of a resource counts
     */
    record PlanCompleted(
            RunId run,
            ArtifactRef plan,
            RunDocument document,
            List<PolicySetRef> policySets,
            List<Budget> budgets,
            Optional<List<ArtifactRef>> usage,
            Instant completedAt)
            implements RunEvent {
        /** A plan of whose resources' use nothing is known. */
        public PlanCompleted(
                RunId run,
                ArtifactRef plan,
                RunDocument document,
                List<PolicySetRef> policySets,
                List<Budget> budgets,
                Instant completedAt) {
            this(run, plan, document, policySets, budgets, Optional.empty(), completedAt);
        }
    }

    /** The cost of the plan is known; policy sets that read {@code input.cost} can be judged. Amounts in US dollars a month. */
    record PlanPriced(
            RunId run,
            String planSha256,
            Optional<BigDecimal> priorMonthly,
            Optional<BigDecimal> proposedMonthly,
            Optional<BigDecimal> deltaMonthly,
            Optional<String> unpricedReason,
            Instant pricedAt)
            implements RunEvent {}

    /**
     * Another version of a policy set is proposed: what would it say of this plan? Nothing of the run waits for the answer.
     *
     * @param trial {@code ptrial-} and 16 letters or digits
     * @param plan the document that is judged
     * @param policySet the set as it would be
     * @param price of the plan, where it is known
     */
    record PlanTried(
            RunId run,
            String trial,
            ArtifactRef plan,
            RunDocument document,
            PolicySetRef policySet,
            Optional<PlanPriced> price,
            Instant triedAt)
            implements RunEvent {}

    /** @param status the run's final status word, for example {@code applied} */
    record RunFinished(RunId run, WorkspaceId workspace, String organization, String status, Instant finishedAt)
            implements RunEvent {}
}
