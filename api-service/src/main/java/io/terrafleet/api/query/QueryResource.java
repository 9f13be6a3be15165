package io.terrafleet.api.query;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;

/**
 * Query runs over HTTP. A wish for one says why it cannot be; so there are none to list, to show or to cancel.
 */
@Path("/api/v2")
@RunOnVirtualThread
public class QueryResource {
    private final Workspaces workspaces;
    private final Caller caller;

    QueryResource(Workspaces workspaces, Caller caller) {
        this.workspaces = workspaces;
        this.caller = caller;
    }

    @GET
    @Path("workspaces/{workspace}/queries")
    @Needs(Permission.READ_RUNS)
    public Response list(@PathParam("workspace") String id, @Context UriInfo uri) {
        workspaces.permitted(caller.principal(), id, Permission.READ_RUNS);
        return Documents.slice(List.of(), uri);
    }

    @POST
    @Path("queries")
    @Needs(Permission.QUEUE_RUNS)
    public Response create(InputStream body) {
        String id = RequestDocument.read(body)
                .related("workspace")
                .orElseThrow(() -> Problem.invalidRelationship("workspace", "Workspace can't be blank"));
        Workspace workspace = workspaces.permitted(caller.principal(), id, Permission.QUEUE_RUNS);
        throw Problem.invalidRelationship(
                "workspace",
                "Workspace " + workspace.name() + " cannot be queried: it runs " + workspace.engine() + " "
                        + workspace.terraformVersion()
                        + ", and the command \"terraform query\" began with 1.14.0, which this platform does not drive");
    }

    @GET
    @Path("queries/{query}")
    @Needs(Permission.READ_RUNS)
    public Response show(@PathParam("query") String id) {
        throw Problem.notFound();
    }

    @POST
    @Path("queries/{query}/actions/cancel")
    @Needs(Permission.APPLY_RUNS)
    public Response cancel(@PathParam("query") String id) {
        throw Problem.notFound();
    }

    @POST
    @Path("queries/{query}/actions/force-cancel")
    @Needs(Permission.APPLY_RUNS)
    public Response forceCancel(@PathParam("query") String id) {
        throw Problem.notFound();
    }
}
