package io.terrafleet.api.budget;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.access.Memberships;
import io.terrafleet.api.access.Teams;
import io.terrafleet.api.organization.Projects;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.WorkspaceDeletion;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.WorkspaceId;
import io.terrafleet.contracts.event.Budget;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The door to budgets. */
@ApplicationScoped
public class Budgets {
    private static final int MOST_OF_ORGANIZATION = 500;

    private final BudgetStore store;
    private final Projects projects;
    private final Workspaces workspaces;
    private final Memberships memberships;
    private final Teams teams;
    private final InstantSource clock;
    private final RandomGenerator random;

    Budgets(
            BudgetStore store,
            Projects projects,
            Workspaces workspaces,
            Memberships memberships,
            Teams teams,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.projects = projects;
        this.workspaces = workspaces;
        this.memberships = memberships;
        this.teams = teams;
        this.clock = clock;
        this.random = random;
    }

    @Transactional
    public Optional<SetBudget> find(String id) {
        return store.find(id).map(Budgets::view);
    }

    /** By name. */
    @Transactional
    public List<SetBudget> list(String organizationId, int offset, int limit) {
        return store.list(organizationId, offset, limit).stream()
                .map(Budgets::view)
                .toList();
    }

    @Transactional
    public long count(String organizationId) {
        return store.count(organizationId);
    }

    @Transactional
    public SetBudget create(String organizationId, Scope scope, BudgetSettings settings) {
        if (store.count(organizationId) >= MOST_OF_ORGANIZATION) {
            throw Problem.unprocessable("An organization may have at most " + MOST_OF_ORGANIZATION + " budgets.");
        }
        BudgetEntity budget = new BudgetEntity();
        budget.id = Ids.make("budget", random);
        budget.organizationId = organizationId;
        switch (scope) {
            case Scope.OfOrganization _ -> {}
            case Scope.OfProject(String id) -> budget.projectId = projectOf(organizationId, id);
            case Scope.OfWorkspace(String id) -> budget.workspaceId = workspaceOf(organizationId, id);
        }
        budget.createdAt = clock.instant();
        write(settings, budget);
        store.add(budget);
        return view(budget);
    }

    /** Where it is set cannot change. */
    @Transactional
    public SetBudget change(String id, BudgetSettings settings) {
        BudgetEntity budget = store.forUpdate(id).orElseThrow(Problem::notFound);
        write(settings, budget);
        store.flush();
        return view(budget);
    }

    @Transactional
    public void delete(String id) {
        store.remove(store.forUpdate(id).orElseThrow(Problem::notFound));
    }

    /** Those of the workspace, its project and its organization, by name. */
    @Transactional
    public List<Budget> applicableTo(Workspace workspace) {
        return store
                .applicable(
                        workspace.organizationId(),
                        workspace.projectId(),
                        workspace.id().value())
                .stream()
                .map(row -> view(row).budget())
                .toList();
    }

    void forget(@Observes WorkspaceDeletion deletion) {
        store.removeOfWorkspace(deletion.workspace().id().value());
    }

    private void write(BudgetSettings settings, BudgetEntity budget) {
        if (store.byName(budget.organizationId, settings.name())
                .filter(other -> !other.id.equals(budget.id))
                .isPresent()) {
            throw Problem.invalid("name", "Name has already been taken");
        }
        Instant now = clock.instant();
        budget.name = settings.name();
        budget.maximumMonthly = settings.maximumMonthly().orElse(null);
        budget.maximumIncrease = settings.maximumIncrease().orElse(null);
        budget.maximumPercent = settings.maximumPercent().orElse(null);
        budget.action = settings.action().word();
        budget.withoutEstimate = settings.withoutEstimate().word();
        settings.approvers().users().forEach(id -> requireMember(budget.organizationId, id));
        settings.approvers().teams().forEach(id -> requireTeam(budget.organizationId, id));
        budget.approverUsers = settings.approvers().users().toArray(String[]::new);
        budget.approverTeams = settings.approvers().teams().toArray(String[]::new);
        budget.updatedAt = now;
    }

    private void requireMember(String organizationId, String userId) {
        if (memberships.of(organizationId, userId).isEmpty()) {
            throw Problem.invalidRelationship("approvers", "There is no such user in this organization");
        }
    }

    private void requireTeam(String organizationId, String teamId) {
        if (teams.find(teamId)
                .filter(team -> team.organizationId().equals(organizationId))
                .isEmpty()) {
            throw Problem.invalidRelationship("approver-teams", "There is no such team in this organization");
        }
    }

    private String projectOf(String organizationId, String id) {
        return projects.find(id)
                .filter(project -> project.organizationId().equals(organizationId))
                .orElseThrow(
                        () -> Problem.invalidRelationship("project", "There is no such project in this organization"))
                .id();
    }

    private String workspaceOf(String organizationId, String id) {
        return Optional.of(id)
                .filter(text -> Ids.isOne("ws", text))
                .flatMap(text -> workspaces.find(new WorkspaceId(text)))
                .filter(workspace -> workspace.organizationId().equals(organizationId))
                .orElseThrow(() ->
                        Problem.invalidRelationship("workspace", "There is no such workspace in this organization"))
                .id()
                .value();
    }

    private static SetBudget view(BudgetEntity row) {
        Scope scope = row.workspaceId != null
                ? new Scope.OfWorkspace(row.workspaceId)
                : row.projectId != null ? new Scope.OfProject(row.projectId) : new Scope.OfOrganization();
        Budget budget = new Budget(
                row.id,
                row.name,
                scope.word(),
                Optional.ofNullable(row.maximumMonthly),
                Optional.ofNullable(row.maximumIncrease),
                Optional.ofNullable(row.maximumPercent),
                Budget.Action.of(row.action),
                Optional.of(Budget.Action.of(row.withoutEstimate)));
        Approvers approvers = new Approvers(List.of(row.approverUsers), List.of(row.approverTeams));
        return new SetBudget(row.organizationId, scope, budget, approvers, row.createdAt, row.updatedAt);
    }
}
