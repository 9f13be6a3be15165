package io.terrafleet.api.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.budget.Budgets;
import io.terrafleet.api.budget.SetBudget;
import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.problem.Problem;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** An organization's budgets: what they are, and for who may, forms to set, change and remove them. */
@Path("/app/{organization}/~budgets")
@RunOnVirtualThread
public class BudgetsPage {
    private static final int MOST = 500;

    private final Organizations organizations;
    private final Budgets budgets;
    private final BudgetRows rows;
    private final Grants grants;
    private final Caller caller;

    BudgetsPage(Organizations organizations, Budgets budgets, BudgetRows rows, Grants grants, Caller caller) {
        this.organizations = organizations;
        this.budgets = budgets;
        this.rows = rows;
        this.grants = grants;
        this.caller = caller;
    }

    @CheckedTemplate(basePath = "page")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance budgets(
                String organization,
                String path,
                List<BudgetRows.Row> rows,
                boolean editable,
                BudgetForm form,
                Optional<String> refusal);
    }

    @GET
    @Needs(Permission.READ)
    public Response page(@PathParam("organization") String name) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.READ);
        return page(200, organization, new BudgetForm(), Optional.empty());
    }

    @POST
    @Needs(Permission.MANAGE_POLICIES)
    public Response create(@PathParam("organization") String name, @BeanParam BudgetForm form) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.MANAGE_POLICIES);
        return done(
                organization,
                form,
                () -> budgets.create(
                        organization.id(),
                        rows.scope(organization.id(), form.on()),
                        form.settings(rows.approvers(organization.id(), form.approvers()))));
    }

    @GET
    @Path("{id}")
    @Needs(Permission.MANAGE_POLICIES)
    public Response edit(@PathParam("organization") String name, @PathParam("id") String id) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.MANAGE_POLICIES);
        SetBudget budget = found(organization, id);
        return page(200, organization, BudgetForm.of(budget, rows.approvers(budget)), Optional.empty());
    }

    @POST
    @Path("{id}")
    @Needs(Permission.MANAGE_POLICIES)
    public Response change(
            @PathParam("organization") String name, @PathParam("id") String id, @BeanParam BudgetForm form) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.MANAGE_POLICIES);
        SetBudget budget = found(organization, id);
        form.edits(budget);
        return done(
                organization,
                form,
                () -> budgets.change(id, form.settings(rows.approvers(organization.id(), form.approvers()))));
    }

    @POST
    @Path("{id}/delete")
    @Needs(Permission.MANAGE_POLICIES)
    public Response delete(@PathParam("organization") String name, @PathParam("id") String id) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.MANAGE_POLICIES);
        budgets.delete(found(organization, id).id());
        return Response.seeOther(URI.create(Paths.budgets(organization.name()))).build();
    }

    private SetBudget found(Organization organization, String id) {
        return budgets.find(id)
                .filter(budget -> budget.organizationId().equals(organization.id()))
                .orElseThrow(Problem::notFound);
    }

    /** Shows the form again, with what is wrong, when the budget cannot be so. */
    private Response done(Organization organization, BudgetForm form, Runnable change) {
        try {
            change.run();
            return Response.seeOther(URI.create(Paths.budgets(organization.name())))
                    .build();
        } catch (Problem problem) {
            if (problem.status() != 422) {
                throw problem;
            }
            return page(422, organization, form, problem.detail().or(() -> Optional.of(problem.title())));
        }
    }

    private Response page(int status, Organization organization, BudgetForm form, Optional<String> refusal) {
        boolean editable = grants.allows(caller.principal(), organization.id(), Permission.MANAGE_POLICIES);
        TemplateInstance template = Templates.budgets(
                organization.name(),
                Paths.budgets(organization.name()),
                rows.of(caller.principal(), budgets.list(organization.id(), 0, MOST)),
                editable,
                form,
                refusal);
        return Response.status(status)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .entity(template.render())
                .build();
    }
}
