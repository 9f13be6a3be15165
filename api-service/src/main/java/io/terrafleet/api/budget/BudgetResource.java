package io.terrafleet.api.budget;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.event.Budget;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.Optional;

/** Budgets: our own addition to the TFE API, in its style. Amounts are decimal strings, US dollars a month or percent. */
@Path("/api/v2")
@RunOnVirtualThread
public class BudgetResource {
    private static final int LONGEST_AMOUNT = 20;

    private final Budgets budgets;
    private final Organizations organizations;
    private final Grants grants;
    private final Caller caller;

    BudgetResource(Budgets budgets, Organizations organizations, Grants grants, Caller caller) {
        this.budgets = budgets;
        this.organizations = organizations;
        this.grants = grants;
        this.caller = caller;
    }

    @GET
    @Path("organizations/{organization}/budgets")
    @Needs(Permission.READ)
    public Response list(@PathParam("organization") String name, @Context UriInfo uri) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.READ);
        Page page = Page.of(uri);
        return Documents.page(
                budgets.list(organization.id(), page.offset(), page.size()).stream()
                        .map(budget -> view(budget, organization.name()))
                        .toList(),
                page,
                budgets.count(organization.id()),
                uri);
    }

    @POST
    @Path("organizations/{organization}/budgets")
    @Needs(Permission.MANAGE_POLICIES)
    public Response create(@PathParam("organization") String name, InputStream body) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.MANAGE_POLICIES);
        RequestDocument request = RequestDocument.read(body);
        BudgetSettings settings = new BudgetSettings(
                request.required("name"),
                amount(request, "maximum-monthly"),
                amount(request, "maximum-increase"),
                amount(request, "maximum-percent"),
                action(request, "action").orElse(Budget.Action.WARN),
                action(request, "without-estimate").orElse(Budget.Action.WARN),
                approvers(request, Approvers.ANY));
        return Documents.created(
                view(budgets.create(organization.id(), scope(request), settings), organization.name()));
    }

    @GET
    @Path("budgets/{id}")
    @Needs(Permission.READ)
    public Response show(@PathParam("id") String id) {
        return Documents.ok(view(permitted(id, Permission.READ)));
    }

    /** An amount that is given as null is taken away. */
    @PATCH
    @Path("budgets/{id}")
    @Needs(Permission.MANAGE_POLICIES)
    public Response change(@PathParam("id") String id, InputStream body) {
        SetBudget set = permitted(id, Permission.MANAGE_POLICIES);
        Budget before = set.budget();
        RequestDocument request = RequestDocument.read(body);
        BudgetSettings settings = new BudgetSettings(
                request.text("name").orElse(before.name()),
                request.has("maximum-monthly") ? amount(request, "maximum-monthly") : before.maximumMonthly(),
                request.has("maximum-increase") ? amount(request, "maximum-increase") : before.maximumIncrease(),
                request.has("maximum-percent") ? amount(request, "maximum-percent") : before.maximumPercent(),
                action(request, "action").orElse(before.action()),
                action(request, "without-estimate").or(before::withoutEstimate).orElse(Budget.Action.WARN),
                approvers(request, set.approvers()));
        return Documents.ok(view(budgets.change(id, settings)));
    }

    @DELETE
    @Path("budgets/{id}")
    @Needs(Permission.MANAGE_POLICIES)
    public Response delete(@PathParam("id") String id) {
        permitted(id, Permission.MANAGE_POLICIES);
        budgets.delete(id);
        return Response.noContent().build();
    }

    private SetBudget permitted(String id, Permission permission) {
        SetBudget budget = budgets.find(id).orElseThrow(Problem::notFound);
        grants.require(caller.principal(), budget.organizationId(), permission);
        return budget;
    }

    private Resource view(SetBudget set) {
        return view(
                set,
                organizations.find(set.organizationId()).map(Organization::name).orElseThrow(Problem::notFound));
    }

    private static Resource view(SetBudget set, String organizationName) {
        Budget budget = set.budget();
        Resource resource = Resource.of("budgets", set.id())
                .with("name", budget.name())
                .with("scope", budget.scope())
                .with("maximum-monthly", budget.maximumMonthly().map(BigDecimal::toPlainString))
                .with("maximum-increase", budget.maximumIncrease().map(BigDecimal::toPlainString))
                .with("maximum-percent", budget.maximumPercent().map(BigDecimal::toPlainString))
                .with("action", budget.action().word())
                .with("without-estimate", budget.withoutEstimate().map(Budget.Action::word))
                .with("created-at", set.createdAt())
                .with("updated-at", set.updatedAt())
                .toOne("organization", "organizations", organizationName)
                .toMany("approvers", "users", set.approvers().users())
                .toMany("approver-teams", "teams", set.approvers().teams())
                .link("self", "/api/v2/budgets/" + set.id());
        return switch (set.scope()) {
            case Scope.OfOrganization _ ->
                resource.toOne("project", "projects", null).toOne("workspace", "workspaces", null);
            case Scope.OfProject(String id) ->
                resource.toOne("project", "projects", id).toOne("workspace", "workspaces", null);
            case Scope.OfWorkspace(String id) ->
                resource.toOne("project", "projects", null).toOne("workspace", "workspaces", id);
        };
    }

    /** {@code scope} may be left out; when it is there, the relationship must fit. */
    private static Scope scope(RequestDocument request) {
        Optional<String> project = request.related("project");
        Optional<String> workspace = request.related("workspace");
        if (project.isPresent() && workspace.isPresent()) {
            throw Problem.invalidRelationship(
                    "workspace", "A budget is set on a project or on a workspace, not on both");
        }
        Scope scope = project.<Scope>map(Scope.OfProject::new)
                .or(() -> workspace.map(Scope.OfWorkspace::new))
                .orElseGet(Scope.OfOrganization::new);
        request.text("scope").filter(word -> !word.equals(scope.word())).ifPresent(word -> {
            throw Problem.invalid(
                    "scope",
                    "Scope must be \"organization\" without a relationship, \"project\" or \"workspace\" with the"
                            + " relationship of that name");
        });
        return scope;
    }

    /** The relationships {@code approvers} (users) and {@code approver-teams}; one that is not told stays as it is. */
    private static Approvers approvers(RequestDocument request, Approvers before) {
        return new Approvers(
                request.relatedIds("approvers").orElse(before.users()).stream()
                        .distinct()
                        .toList(),
                request.relatedIds("approver-teams").orElse(before.teams()).stream()
                        .distinct()
                        .toList());
    }

    private static Optional<Budget.Action> action(RequestDocument request, String attribute) {
        return request.text(attribute).map(word -> {
            try {
                return Budget.Action.of(word);
            } catch (IllegalArgumentException e) {
                throw Problem.invalid(attribute, "The value must be \"warn\", \"approval\" or \"block\"");
            }
        });
    }

    private static Optional<BigDecimal> amount(RequestDocument request, String attribute) {
        return request.text(attribute, LONGEST_AMOUNT).map(text -> {
            if (!text.matches("[0-9]{1,12}(\\.[0-9]{1,2})?")) {
                throw Problem.invalid(
                        attribute,
                        "An amount must be a decimal string in US dollars, or in percent, for example \"1200.00\"");
            }
            return new BigDecimal(text);
        });
    }
}
