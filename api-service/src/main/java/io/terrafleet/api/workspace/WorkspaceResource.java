package io.terrafleet.api.workspace;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.organization.Organizations;
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

/** Workspaces over HTTP, by name in their organization and by id. */
@Path("/api/v2")
@RunOnVirtualThread
public class WorkspaceResource {
    private final Workspaces workspaces;
    private final WorkspaceWishes wishes;
    private final WorkspaceAnswers answers;
    private final Organizations organizations;
    private final Caller caller;

    WorkspaceResource(
            Workspaces workspaces,
            WorkspaceWishes wishes,
            WorkspaceAnswers answers,
            Organizations organizations,
            Caller caller) {
        this.workspaces = workspaces;
        this.wishes = wishes;
        this.answers = answers;
        this.organizations = organizations;
        this.caller = caller;
    }

    @GET
    @Path("organizations/{organization}/workspaces")
    public Response list(@PathParam("organization") String name, @Context UriInfo uri) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.READ);
        Page page = Page.of(uri);
        WorkspaceQuery wanted = WorkspaceFilterReader.read(organization.id(), uri.getQueryParameters());
        List<Workspace> found = workspaces.list(wanted, page.offset(), page.size());
        List<Resource> views = answers.views(found, organization);
        return Documents.page(
                views,
                answers.included(
                        found, views, Include.of(uri.getQueryParameters().getFirst("include"))),
                page,
                workspaces.count(wanted),
                uri);
    }

    @POST
    @Path("organizations/{organization}/workspaces")
    public Response create(@PathParam("organization") String name, InputStream body) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.WRITE);
        RequestDocument document = RequestDocument.read(body);
        document.required("name");
        return Documents.created(answers.view(wishes.create(organization.id(), document)));
    }

    @GET
    @Path("organizations/{organization}/workspaces/{workspace}")
    public Response showByName(
            @PathParam("organization") String organization, @PathParam("workspace") String name, @Context UriInfo uri) {
        return show(workspaces.permitted(caller.principal(), organization, name, Permission.READ), uri);
    }

    @GET
    @Path("workspaces/{workspace}")
    public Response show(@PathParam("workspace") String id, @Context UriInfo uri) {
        return show(workspaces.permitted(caller.principal(), id, Permission.READ), uri);
    }

    @PATCH
    @Path("organizations/{organization}/workspaces/{workspace}")
    public Response changeByName(
            @PathParam("organization") String organization, @PathParam("workspace") String name, InputStream body) {
        return change(workspaces.permitted(caller.principal(), organization, name, Permission.WRITE), body);
    }

    @PATCH
    @Path("workspaces/{workspace}")
    public Response change(@PathParam("workspace") String id, InputStream body) {
        return change(workspaces.permitted(caller.principal(), id, Permission.WRITE), body);
    }

    @DELETE
    @Path("organizations/{organization}/workspaces/{workspace}")
    public Response deleteByName(@PathParam("organization") String organization, @PathParam("workspace") String name) {
        return delete(workspaces.permitted(caller.principal(), organization, name, Permission.WRITE));
    }

    @DELETE
    @Path("workspaces/{workspace}")
    public Response delete(@PathParam("workspace") String id) {
        return delete(workspaces.permitted(caller.principal(), id, Permission.WRITE));
    }

    @POST
    @Path("organizations/{organization}/workspaces/{workspace}/actions/safe-delete")
    public Response safeDeleteByName(
            @PathParam("organization") String organization, @PathParam("workspace") String name) {
        return safeDelete(workspaces.permitted(caller.principal(), organization, name, Permission.WRITE));
    }

    @POST
    @Path("workspaces/{workspace}/actions/safe-delete")
    public Response safeDelete(@PathParam("workspace") String id) {
        return safeDelete(workspaces.permitted(caller.principal(), id, Permission.WRITE));
    }

    private Response show(Workspace workspace, UriInfo uri) {
        Include include = Include.of(uri.getQueryParameters().getFirst("include"));
        Resource view = answers.view(workspace);
        return Documents.ok(view, answers.included(List.of(workspace), List.of(view), include));
    }

    private Response change(Workspace workspace, InputStream body) {
        return Documents.ok(answers.view(wishes.change(workspace.id(), RequestDocument.read(body))));
    }

    private Response delete(Workspace workspace) {
        answers.requireForceDelete(workspace);
        workspaces.delete(workspace.id(), false);
        return Response.noContent().build();
    }

    private Response safeDelete(Workspace workspace) {
        workspaces.delete(workspace.id(), true);
        return Response.noContent().build();
    }
}
