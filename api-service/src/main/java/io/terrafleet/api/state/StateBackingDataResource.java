package io.terrafleet.api.state;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.workspace.Workspaces;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

/** An owner gives up the content of an old state, or takes that back. */
@Path("/api/v2")
@RunOnVirtualThread
public class StateBackingDataResource {
    private final StateBackingData backing;
    private final States states;
    private final Workspaces workspaces;
    private final Caller caller;

    StateBackingDataResource(StateBackingData backing, States states, Workspaces workspaces, Caller caller) {
        this.backing = backing;
        this.states = states;
        this.workspaces = workspaces;
        this.caller = caller;
    }

    @POST
    @Path("state-versions/{id}/actions/soft_delete_backing_data")
    @Needs(Permission.OWN)
    public Response softDelete(@PathParam("id") String id) {
        backing.softDelete(owned(id));
        return Response.noContent().build();
    }

    @POST
    @Path("state-versions/{id}/actions/restore_backing_data")
    @Needs(Permission.OWN)
    public Response restore(@PathParam("id") String id) {
        backing.restore(owned(id));
        return Response.noContent().build();
    }

    @POST
    @Path("state-versions/{id}/actions/permanently_delete_backing_data")
    @Needs(Permission.OWN)
    public Response deleteForEver(@PathParam("id") String id) {
        backing.deleteForEver(owned(id));
        return Response.noContent().build();
    }

    private String owned(String id) {
        StateVersion state = states.find(id).orElseThrow(Problem::notFound);
        workspaces.permitted(caller.principal(), state.workspace().value(), Permission.OWN);
        return state.id();
    }
}
