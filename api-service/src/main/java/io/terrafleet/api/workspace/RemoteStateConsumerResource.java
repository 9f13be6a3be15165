package io.terrafleet.api.workspace;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Visibility;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Flag;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The workspaces whose runs may read a workspace's state, over HTTP. */
@Path("/api/v2/workspaces/{workspace}/relationships/remote-state-consumers")
@RunOnVirtualThread
public class RemoteStateConsumerResource {
    private final RemoteStates states;
    private final Workspaces workspaces;
    private final WorkspaceAnswers answers;
    private final Grants grants;
    private final Caller caller;

    RemoteStateConsumerResource(
            RemoteStates states, Workspaces workspaces, WorkspaceAnswers answers, Grants grants, Caller caller) {
        this.states = states;
        this.workspaces = workspaces;
        this.answers = answers;
        this.grants = grants;
        this.caller = caller;
    }

    /** Those that the caller may see: the named ones, or all that the state is shared with unless {@code show_only_configured}. */
    @GET
    @Needs(Permission.READ)
    public Response list(
            @PathParam("workspace") String id,
            @QueryParam("show_only_configured") @Nullable String configured,
            @Context UriInfo uri) {
        Workspace workspace = workspaces.permitted(caller.principal(), id, Permission.READ);
        Page page = Page.of(uri);
        Visibility visible = grants.visibleWorkspaces(caller.principal(), workspace.organizationId());
        boolean named = Flag.of("show_only_configured", configured).orElse(false);
        List<Resource> resources = states.consumers(workspace, named, visible, page.offset(), page.size()).stream()
                .map(answers::view)
                .toList();
        return Documents.page(resources, page, states.count(workspace, named, visible), uri);
    }

    @POST
    @Needs(Permission.UPDATE_WORKSPACE)
    public Response add(@PathParam("workspace") String id, InputStream body) {
        Workspace workspace = workspaces.permitted(caller.principal(), id, Permission.UPDATE_WORKSPACE);
        states.add(workspace.id(), RequestDocument.read(body).linkedIds());
        return Response.noContent().build();
    }

    @PATCH
    @Needs(Permission.UPDATE_WORKSPACE)
    public Response replace(@PathParam("workspace") String id, InputStream body) {
        Workspace workspace = workspaces.permitted(caller.principal(), id, Permission.UPDATE_WORKSPACE);
        states.replace(workspace.id(), RequestDocument.read(body).linkedIds());
        return Response.noContent().build();
    }

    @DELETE
    @Needs(Permission.UPDATE_WORKSPACE)
    public Response remove(@PathParam("workspace") String id, InputStream body) {
        Workspace workspace = workspaces.permitted(caller.principal(), id, Permission.UPDATE_WORKSPACE);
        states.remove(workspace.id(), RequestDocument.read(body).linkedIds());
        return Response.noContent().build();
    }
}
