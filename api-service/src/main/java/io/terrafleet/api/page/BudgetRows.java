package io.terrafleet.api.page;

import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Memberships;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Principal;
import io.terrafleet.api.access.Teams;
import io.terrafleet.api.access.Users;
import io.terrafleet.api.access.Visibility;
import io.terrafleet.api.budget.Approvers;
import io.terrafleet.api.budget.Scope;
import io.terrafleet.api.budget.SetBudget;
import io.terrafleet.api.organization.Projects;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.WorkspaceId;
import io.terrafleet.contracts.event.Budget;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Budgets in words, and from words: projects, workspaces, teams and users by their names. */
@ApplicationScoped
class BudgetRows {
    private static final Visibility ALL = new Visibility(true, List.of());

    private final Projects projects;
    private final Workspaces workspaces;
    private final Teams teams;
    private final Users users;
    private final Memberships memberships;
    private final Grants grants;

    BudgetRows(
            Projects projects,
            Workspaces workspaces,
            Teams teams,
            Users users,
            Memberships memberships,
            Grants grants) {
        this.projects = projects;
        this.workspaces = workspaces;
        this.teams = teams;
        this.users = users;
        this.memberships = memberships;
        this.grants = grants;
    }

    /**
     * One budget's line.
     *
     * @param limits each in words
     * @param approvers in words; empty for whoever may override policies
     */
    public record Row(
            String id, String name, String on, List<String> limits, Pill action, String without, String approvers) {}

    @Transactional
    List<Row> of(Principal who, List<SetBudget> budgets) {
        return budgets.stream().map(set -> row(who, set)).toList();
    }

    private Row row(Principal who, SetBudget set) {
        Budget budget = set.budget();
        List<String> limits = new ArrayList<>();
        budget.maximumMonthly().ifPresent(most -> limits.add("at most " + Money.of(most) + " a month"));
        budget.maximumIncrease().ifPresent(most -> limits.add("at most " + Money.of(most) + " more at once"));
        budget.maximumPercent().ifPresent(most -> limits.add("at most " + Money.plain(most) + " % more at once"));
        Pill pill =
                switch (budget.action()) {
                    case WARN -> new Pill("info", "Warns", "calm");
                    case APPROVAL -> new Pill("hand", "Needs approval", "wait");
                    case BLOCK -> new Pill("block", "Blocks", "bad");
                };
        String without =
                switch (budget.withoutEstimate().orElse(Budget.Action.WARN)) {
                    case WARN -> "";
                    case APPROVAL -> "needs approval without an estimate";
                    case BLOCK -> "blocks without an estimate";
                };
        return new Row(set.id(), budget.name(), on(who, set.scope()), limits, pill, without, approvers(set));
    }

    /** What somebody may not see has no name for them. */
    private String on(Principal who, Scope scope) {
        return switch (scope) {
            case Scope.OfOrganization _ -> "the whole organization";
            case Scope.OfProject(String id) ->
                projects.find(id)
                        .filter(project -> grants.allows(who, project.place(), Permission.READ))
                        .map(project -> "project " + project.name())
                        .orElse("another project");
            case Scope.OfWorkspace(String id) ->
                workspaces
                        .find(new WorkspaceId(id))
                        .filter(workspace -> grants.allows(who, workspace.place(), Permission.READ))
                        .map(workspace -> "workspace " + workspace.name())
                        .orElse("another workspace");
        };
    }

    /** Names, by comma; those that are gone are left out. */
    @Transactional
    String approvers(SetBudget set) {
        return String.join(
                ", ",
                Stream.concat(
                                set.approvers().teams().stream()
                                        .flatMap(id -> teams.find(id).map(Teams.Team::name).stream()),
                                set.approvers().users().stream()
                                        .flatMap(id -> users.find(id).map(Users.User::username).stream()))
                        .toList());
    }

    /** Teams of the organization and names of its members, by comma. */
    @Transactional
    Approvers approvers(String organizationId, String names) {
        List<String> teamIds = new ArrayList<>();
        List<String> userIds = new ArrayList<>();
        for (String name : names.split(",", 200)) {
            String typed = name.strip();
            if (!typed.isEmpty()) {
                Optional<String> team = teams.byName(organizationId, typed).map(Teams.Team::id);
                team.ifPresentOrElse(teamIds::add, () -> userIds.add(member(organizationId, typed)));
            }
        }
        return new Approvers(
                userIds.stream().distinct().toList(),
                teamIds.stream().distinct().toList());
    }

    private String member(String organizationId, String name) {
        return users.findByName(name)
                .map(Users.User::id)
                .filter(id -> memberships.of(organizationId, id).isPresent())
                .orElseThrow(() -> Problem.invalid(
                        "approvers", "There is neither a team nor a member of the name \"" + name + "\" here"));
    }

    /** Nothing typed: the organization; the name of a workspace; or of a project. */
    @Transactional
    Scope scope(String organizationId, String typed) {
        if (typed.isEmpty()) {
            return new Scope.OfOrganization();
        }
        Optional<Scope> workspace = workspaces
                .byName(organizationId, typed)
                .map(found -> new Scope.OfWorkspace(found.id().value()));
        return workspace
                .or(() -> projects.list(organizationId, List.of(typed), "", ALL, 0, 1).stream()
                        .findFirst()
                        .map(project -> new Scope.OfProject(project.id())))
                .orElseThrow(() -> Problem.invalid(
                        "scope", "There is neither a workspace nor a project of the name \"" + typed + "\" here"));
    }
}
