package io.terrafleet.api.workspace;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
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

/** A workspace's tags over HTTP, in both of the API's views: flat names, and keys with values. */
@Path("/api/v2")
@RunOnVirtualThread
public class WorkspaceTagResource {
    private final Workspaces workspaces;
    private final WorkspaceTags tags;
    private final Caller caller;

    WorkspaceTagResource(Workspaces workspaces, WorkspaceTags tags, Caller caller) {
        this.workspaces = workspaces;
        this.tags = tags;
        this.caller = caller;
    }

    @GET
    @Path("workspaces/{workspace}/relationships/tags")
    @Needs(Permission.READ)
    public Response list(@PathParam("workspace") String id, @Context UriInfo uri) {
        Page page = Page.of(uri);
        List<Resource> all = TagView.flat(permitted(id, Permission.READ));
        return Documents.page(
                all.stream().skip(page.offset()).limit(page.size()).toList(), page, all.size(), uri);
    }

    @POST
    @Path("workspaces/{workspace}/relationships/tags")
    @Needs(Permission.UPDATE_WORKSPACE)
    public Response add(@PathParam("workspace") String id, InputStream body) {
        Workspace workspace = permitted(id, Permission.UPDATE_WORKSPACE);
        tags.add(
                workspace.id(), WorkspaceRequest.flat(RequestDocument.read(body).list()));
        return Response.noContent().build();
    }

    @DELETE
    @Path("workspaces/{workspace}/relationships/tags")
    @Needs(Permission.UPDATE_WORKSPACE)
    public Response remove(@PathParam("workspace") String id, InputStream body) {
        Workspace workspace = permitted(id, Permission.UPDATE_WORKSPACE);
        tags.remove(
                workspace.id(), WorkspaceRequest.flat(RequestDocument.read(body).list()));
        return Response.noContent().build();
    }

    @GET
    @Path("workspaces/{workspace}/tag-bindings")
    @Needs(Permission.READ)
    public Response bindings(@PathParam("workspace") String id) {
        return Documents.list(TagView.bindings(permitted(id, Permission.READ), "tag-bindings"));
    }

    /** Projects have no tags, so nothing is inherited. */
    @GET
    @Path("workspaces/{workspace}/effective-tag-bindings")
    @Needs(Permission.READ)
    public Response effectiveBindings(@PathParam("workspace") String id) {
        return Documents.list(TagView.bindings(permitted(id, Permission.READ), "effective-tag-bindings"));
    }

    /** Adds to what is there. */
    @PATCH
    @Path("workspaces/{workspace}/tag-bindings")
    @Needs(Permission.UPDATE_WORKSPACE)
    public Response bind(@PathParam("workspace") String id, InputStream body) {
        Workspace workspace = permitted(id, Permission.UPDATE_WORKSPACE);
        Workspace tagged = tags.put(
                workspace.id(),
                WorkspaceRequest.bindings(RequestDocument.read(body).list()));
        return Documents.list(TagView.bindings(tagged, "tag-bindings"));
    }

    private Workspace permitted(String id, Permission permission) {
        return workspaces.permitted(caller.principal(), id, permission);
    }
}
