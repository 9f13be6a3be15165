package io.terrafleet.api.variable;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
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
import java.util.List;

/** The variables of a workspace over HTTP. */
@Path("/api/v2")
@RunOnVirtualThread
public class VariableResource {
    private final Variables variables;
    private final Workspaces workspaces;
    private final Caller caller;

    VariableResource(Variables variables, Workspaces workspaces, Caller caller) {
        this.variables = variables;
        this.workspaces = workspaces;
        this.caller = caller;
    }

    /** All of them, for the terraform command reads one page only; in pages for who asks for pages. */
    @GET
    @Path("workspaces/{workspace}/vars")
    @Needs(Permission.READ_VARIABLES)
    public Response list(@PathParam("workspace") String id, @Context UriInfo uri) {
        Workspace workspace = workspaces.permitted(caller.principal(), id, Permission.READ_VARIABLES);
        return answer(variables.of(workspace.id()), uri);
    }

    /** The same: there are no variable sets to add any. */
    @GET
    @Path("workspaces/{workspace}/all-vars")
    @Needs(Permission.READ_VARIABLES)
    public Response listAll(@PathParam("workspace") String id, @Context UriInfo uri) {
        return list(id, uri);
    }

    @POST
    @Path("workspaces/{workspace}/vars")
    @Needs(Permission.WRITE_VARIABLES)
    public Response create(@PathParam("workspace") String id, InputStream body) {
        Workspace workspace = workspaces.permitted(caller.principal(), id, Permission.WRITE_VARIABLES);
        RequestDocument document = RequestDocument.read(body);
        document.required("key");
        return Documents.created(VariableView.of(variables.create(workspace.id(), VariableView.settings(document))));
    }

    @GET
    @Path("workspaces/{workspace}/vars/{variable}")
    @Needs(Permission.READ_VARIABLES)
    public Response show(@PathParam("workspace") String id, @PathParam("variable") String variable) {
        return Documents.ok(VariableView.of(permitted(id, variable, Permission.READ_VARIABLES)));
    }

    @PATCH
    @Path("workspaces/{workspace}/vars/{variable}")
    @Needs(Permission.WRITE_VARIABLES)
    public Response change(
            @PathParam("workspace") String id, @PathParam("variable") String variable, InputStream body) {
        Variable found = permitted(id, variable, Permission.WRITE_VARIABLES);
        return Documents.ok(
                VariableView.of(variables.change(found.id(), VariableView.settings(RequestDocument.read(body)))));
    }

    @DELETE
    @Path("workspaces/{workspace}/vars/{variable}")
    @Needs(Permission.WRITE_VARIABLES)
    public Response delete(@PathParam("workspace") String id, @PathParam("variable") String variable) {
        variables.delete(permitted(id, variable, Permission.WRITE_VARIABLES).id());
        return Response.noContent().build();
    }

    private Variable permitted(String workspaceId, String id, Permission permission) {
        Workspace workspace = workspaces.permitted(caller.principal(), workspaceId, permission);
        return variables
                .find(id)
                .filter(variable -> variable.workspace().equals(workspace.id()))
                .orElseThrow(Problem::notFound);
    }

    private static Response answer(List<Variable> all, UriInfo uri) {
        List<Resource> resources = all.stream().map(VariableView::of).toList();
        boolean paged = uri.getQueryParameters().containsKey("page[number]")
                || uri.getQueryParameters().containsKey("page[size]");
        if (!paged) {
            return Documents.list(resources);
        }
        Page page = Page.of(uri);
        return Documents.page(
                resources.stream().skip(page.offset()).limit(page.size()).toList(), page, resources.size(), uri);
    }
}
