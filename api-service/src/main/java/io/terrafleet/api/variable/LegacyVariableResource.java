package io.terrafleet.api.variable;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The older addresses of variables, which scripts still use. */
@Path("/api/v2")
@RunOnVirtualThread
public class LegacyVariableResource {
    private final Variables variables;
    private final Workspaces workspaces;
    private final Caller caller;

    LegacyVariableResource(Variables variables, Workspaces workspaces, Caller caller) {
        this.variables = variables;
        this.workspaces = workspaces;
        this.caller = caller;
    }

    @GET
    @Path("vars")
    @Needs(Permission.READ_VARIABLES)
    public Response list(
            @QueryParam("filter[organization][name]") @Nullable String organization,
            @QueryParam("filter[workspace][name]") @Nullable String name) {
        if (organization == null || name == null) {
            throw Problem.malformed("filter[organization][name] and filter[workspace][name] are both required");
        }
        Workspace workspace = workspaces.permitted(caller.principal(), organization, name, Permission.READ_VARIABLES);
        return Documents.list(
                variables.of(workspace.id()).stream().map(VariableView::of).toList());
    }

    /** For the workspace that the relationship names. */
    @POST
    @Path("vars")
    @Needs(Permission.WRITE_VARIABLES)
    public Response create(InputStream body) {
        RequestDocument document = RequestDocument.read(body);
        String id = document.related("workspace")
                .orElseThrow(() -> Problem.invalidRelationship("workspace", "Workspace can't be blank"));
        Workspace workspace = workspaces.permitted(caller.principal(), id, Permission.WRITE_VARIABLES);
        document.required("key");
        return Documents.created(VariableView.of(variables.create(workspace.id(), VariableView.settings(document))));
    }

    @PATCH
    @Path("vars/{variable}")
    @Needs(Permission.WRITE_VARIABLES)
    public Response change(@PathParam("variable") String id, InputStream body) {
        return Documents.ok(VariableView.of(
                variables.change(permitted(id).id(), VariableView.settings(RequestDocument.read(body)))));
    }

    @DELETE
    @Path("vars/{variable}")
    @Needs(Permission.WRITE_VARIABLES)
    public Response delete(@PathParam("variable") String id) {
        variables.delete(permitted(id).id());
        return Response.noContent().build();
    }

    private Variable permitted(String id) {
        Variable variable = variables.find(id).orElseThrow(Problem::notFound);
        workspaces.permitted(caller.principal(), variable.workspace().value(), Permission.WRITE_VARIABLES);
        return variable;
    }
}
