package io.terrafleet.api.assessment;

import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Principal;
import io.terrafleet.api.access.Teams;
import io.terrafleet.api.budget.Approvers;
import io.terrafleet.api.budget.Budgets;
import io.terrafleet.api.budget.SetBudget;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.contracts.event.Budget;
import io.terrafleet.contracts.event.CostDecision.BudgetOutcome;
import io.terrafleet.contracts.event.CostDecision.CostDecided;
import io.terrafleet.contracts.event.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/**
 * Who may let a blocked run go on. What a policy blocks needs the permission to override policies. What only budgets block needs, for each
 * of them, one of its approvers or an owner of the organization; a budget that names no approvers is like a policy.
 */
@ApplicationScoped
public class OverrideRights {
    private final Assessments assessments;
    private final Budgets budgets;
    private final Teams teams;
    private final Grants grants;

    OverrideRights(Assessments assessments, Budgets budgets, Teams teams, Grants grants) {
        this.assessments = assessments;
        this.budgets = budgets;
        this.teams = teams;
        this.grants = grants;
    }

    /**
     * 403 when the caller may not, 422 when a budget with approvers is approved without a reason. That the caller may read the run was
     * asked before.
     */
    @Transactional
    public void require(Principal who, Run run, Workspace workspace, String reason) {
        List<SetBudget> named = withApprovers(run);
        for (SetBudget budget : named) {
            if (!isApprover(who, workspace, budget.approvers())) {
                throw Problem.forbidden("You are none of the approvers of budget \""
                        + budget.budget().name() + "\", nor an owner of the organization.");
            }
        }
        if (named.isEmpty() || needsPermission(run)) {
            grants.require(who, workspace.place(), Permission.OVERRIDE_RUN_POLICIES);
        }
        if (!named.isEmpty() && reason.isBlank()) {
            throw Problem.unprocessable("Say why: budget \""
                    + named.getFirst().budget().name() + "\" is approved with a comment that gives the reason.");
        }
    }

    /** Whether the caller may, as far as is known without a reason. */
    @Transactional
    public boolean may(Principal who, Run run, Workspace workspace) {
        List<SetBudget> named = withApprovers(run);
        boolean approves = named.stream().allMatch(budget -> isApprover(who, workspace, budget.approvers()));
        boolean permission = (!named.isEmpty() && !needsPermission(run))
                || grants.allows(who, workspace.place(), Permission.OVERRIDE_RUN_POLICIES);
        return approves && permission;
    }

    private boolean needsPermission(Run run) {
        boolean policyBlocks = assessments
                .policy(run.id())
                .filter(decided -> decided.verdict() != Verdict.APPROVE)
                .isPresent();
        return policyBlocks || asking(run).size() > withApprovers(run).size();
    }

    private List<SetBudget> withApprovers(Run run) {
        return asking(run).stream()
                .flatMap(outcome -> budgets.find(outcome.budgetId()).stream())
                .filter(budget -> !budget.approvers().isAny())
                .toList();
    }

    /** The budgets for which somebody has to approve. */
    private List<BudgetOutcome> asking(Run run) {
        Optional<CostDecided> cost = assessments.cost(run.id()).filter(decided -> decided.verdict() != Verdict.APPROVE);
        return cost.stream()
                .flatMap(decided -> decided.budgets().stream()
                        .filter(outcome -> outcome.action() == Budget.Action.APPROVAL)
                        .filter(outcome ->
                                outcome.exceeded() || !decided.status().equals("finished")))
                .toList();
    }

    private boolean isApprover(Principal who, Workspace workspace, Approvers approvers) {
        if (grants.allows(who, workspace.place(), Permission.OWN)) {
            return true;
        }
        return switch (who.kind()) {
            case USER ->
                approvers.users().contains(who.id())
                        || approvers.teams().stream().anyMatch(team -> teams.isMember(team, who.id()));
            case TEAM -> approvers.teams().contains(who.id());
            case ORGANIZATION, AUDIT_TRAILS, AGENT, RUN -> false;
        };
    }
}
