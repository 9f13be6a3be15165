package io.terrafleet.api.workspace;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Place;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.organization.Projects;
import io.terrafleet.api.row.Reading;
import jakarta.transaction.Transactional;
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

/** Workspaces over HTTP, by name in their organization and by id. What is read most is one transaction: nothing is read twice. */
@Path("/api/v2")
public class WorkspaceResource {
    private final Workspaces workspaces;
    private final WorkspaceWishes wishes;
    private final WorkspaceAnswers answers;
    private final Organizations organizations;
    private final Projects projects;
    private final Grants grants;
    private final Caller caller;

    WorkspaceResource(
            Workspaces workspaces,
            WorkspaceWishes wishes,
            WorkspaceAnswers answers,
            Organizations organizations,
            Projects projects,
            Grants grants,
            Caller caller) {
        this.workspaces = workspaces;
        this.wishes = wishes;
        this.answers = answers;
        this.organizations = organizations;
        this.projects = projects;
        this.grants = grants;
        this.caller = caller;
    }

    @GET
    @Path("organizations/{organization}/workspaces")
    @Needs(Permission.READ)
    @Transactional
    @Reading
    public Response list(@PathParam("organization") String name, @Context UriInfo uri) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.READ);
        Page page = Page.of(uri);
        WorkspaceQuery wanted = WorkspaceFilterReader.read(
                organization.id(),
                uri.getQueryParameters(),
                grants.visibleWorkspaces(caller.principal(), organization.id()));
        Workspaces.Listing listing = workspaces.page(wanted, page);
        List<Workspace> found = listing.workspaces();
        List<Resource> views = answers.views(found, organization);
        return Documents.page(
                views,
                answers.included(
                        found, views, Include.of(uri.getQueryParameters().getFirst("include"))),
                page,
                listing.total(),
                uri);
    }

    @RunOnVirtualThread
    @POST
    @Path("organizations/{organization}/workspaces")
    @Needs(Permission.CREATE_WORKSPACE)
    public Response create(@PathParam("organization") String name, InputStream body) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.READ);
        RequestDocument document = RequestDocument.read(body);
        grants.require(caller.principal(), placeOf(organization, document), Permission.CREATE_WORKSPACE);
        document.required("name");
        return Documents.created(answers.view(wishes.create(organization.id(), document)));
    }

    @GET
    @Path("organizations/{organization}/workspaces/{workspace}")
    @Needs(Permission.READ)
    @Transactional
    @Reading
    public Response showByName(
            @PathParam("organization") String organization, @PathParam("workspace") String name, @Context UriInfo uri) {
        return show(workspaces.permitted(caller.principal(), organization, name, Permission.READ), uri);
    }

    @GET
    @Path("workspaces/{workspace}")
    @Needs(Permission.READ)
    @Transactional
    @Reading
    public Response show(@PathParam("workspace") String id, @Context UriInfo uri) {
        return show(workspaces.permitted(caller.principal(), id, Permission.READ), uri);
    }

    @RunOnVirtualThread
    @PATCH
    @Path("organizations/{organization}/workspaces/{workspace}")
    @Needs(Permission.UPDATE_WORKSPACE)
    public Response changeByName(
            @PathParam("organization") String organization, @PathParam("workspace") String name, InputStream body) {
        return change(workspaces.permitted(caller.principal(), organization, name, Permission.UPDATE_WORKSPACE), body);
    }

    @RunOnVirtualThread
    @PATCH
    @Path("workspaces/{workspace}")
    @Needs(Permission.UPDATE_WORKSPACE)
    public Response change(@PathParam("workspace") String id, InputStream body) {
        return change(workspaces.permitted(caller.principal(), id, Permission.UPDATE_WORKSPACE), body);
    }

    @RunOnVirtualThread
    @DELETE
    @Path("organizations/{organization}/workspaces/{workspace}")
    @Needs(Permission.DELETE_WORKSPACE)
    public Response deleteByName(@PathParam("organization") String organization, @PathParam("workspace") String name) {
        return delete(workspaces.permitted(caller.principal(), organization, name, Permission.DELETE_WORKSPACE));
    }

    @RunOnVirtualThread
    @DELETE
    @Path("workspaces/{workspace}")
    @Needs(Permission.DELETE_WORKSPACE)
    public Response delete(@PathParam("workspace") String id) {
        return delete(workspaces.permitted(caller.principal(), id, Permission.DELETE_WORKSPACE));
    }

    @RunOnVirtualThread
    @POST
    @Path("organizations/{organization}/workspaces/{workspace}/actions/safe-delete")
    @Needs(Permission.DELETE_WORKSPACE)
    public Response safeDeleteByName(
            @PathParam("organization") String organization, @PathParam("workspace") String name) {
        return safeDelete(workspaces.permitted(caller.principal(), organization, name, Permission.DELETE_WORKSPACE));
    }

    @RunOnVirtualThread
    @POST
    @Path("workspaces/{workspace}/actions/safe-delete")
    @Needs(Permission.DELETE_WORKSPACE)
    public Response safeDelete(@PathParam("workspace") String id) {
        return safeDelete(workspaces.permitted(caller.principal(), id, Permission.DELETE_WORKSPACE));
    }

    /** Where it is to be made: in the project that the request names, or in the organization's default one. */
    private Place placeOf(Organization organization, RequestDocument document) {
        return document.related("project")
                .flatMap(projects::find)
                .filter(project -> project.organizationId().equals(organization.id()))
                .orElseGet(() -> projects.standardOf(organization.id()))
                .place();
    }

    private Response show(Workspace workspace, UriInfo uri) {
        Include include = Include.of(uri.getQueryParameters().getFirst("include"));
        Resource view = answers.view(workspace);
        return Documents.ok(view, answers.included(List.of(workspace), List.of(view), include));
    }

    private Response change(Workspace workspace, InputStream body) {
        RequestDocument document = RequestDocument.read(body);
        requireMove(workspace, document);
        return Documents.ok(answers.view(wishes.change(workspace.id(), document)));
    }

    /** Into another project goes only who may move workspaces here and there: other teams see it then. */
    private void requireMove(Workspace workspace, RequestDocument document) {
        document.related("project")
                .filter(id -> !id.equals(workspace.projectId()))
                .flatMap(projects::find)
                .filter(project -> project.organizationId().equals(workspace.organizationId()))
                .ifPresent(project -> {
                    grants.require(caller.principal(), workspace.place(), Permission.MOVE_WORKSPACE);
                    grants.require(caller.principal(), project.place(), Permission.MOVE_WORKSPACE);
                });
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
