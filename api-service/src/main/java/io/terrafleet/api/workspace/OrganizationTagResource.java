package io.terrafleet.api.workspace;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.problem.Problem;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tags that an organization's workspaces have, over HTTP. */
@Path("/api/v2")
@RunOnVirtualThread
public class OrganizationTagResource {
    private final WorkspaceTags tags;
    private final Workspaces workspaces;
    private final Organizations organizations;
    private final Grants grants;
    private final Caller caller;

    OrganizationTagResource(
            WorkspaceTags tags, Workspaces workspaces, Organizations organizations, Grants grants, Caller caller) {
        this.tags = tags;
        this.workspaces = workspaces;
        this.organizations = organizations;
        this.grants = grants;
        this.caller = caller;
    }

    /** By name, of workspaces that the caller may see; {@code q} searches in it, {@code filter[exclude][taggable][id]} leaves out what that workspace has. */
    @GET
    @Path("organizations/{organization}/tags")
    @Needs(Permission.READ)
    public Response list(
            @PathParam("organization") String name,
            @QueryParam("q") @Nullable String search,
            @QueryParam("filter[exclude][taggable][id]") @Nullable String without,
            @Context UriInfo uri) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.READ);
        Page page = Page.of(uri);
        WorkspaceTags.Wanted wanted = new WorkspaceTags.Wanted(
                organization.id(),
                Optional.ofNullable(search).orElse(""),
                Optional.ofNullable(without),
                grants.visibleWorkspaces(caller.principal(), organization.id()));
        return Documents.page(
                tags.used(wanted, page.offset(), page.size()).stream()
                        .map(used -> TagView.of(used, organization))
                        .toList(),
                page,
                tags.countUsed(wanted),
                uri);
    }

    /** From all workspaces. */
    @DELETE
    @Path("organizations/{organization}/tags")
    @Needs(Permission.MANAGE_WORKSPACES)
    public Response delete(@PathParam("organization") String name, InputStream body) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.MANAGE_WORKSPACES);
        List<String> names = RequestDocument.read(body).linkedIds().stream()
                .map(TagView::nameOf)
                .toList();
        tags.removeEverywhere(organization.id(), names);
        return Response.noContent().build();
    }

    @POST
    @Path("tags/{tag}/relationships/workspaces")
    @Needs(Permission.UPDATE_WORKSPACE)
    public Response addWorkspaces(@PathParam("tag") String id, InputStream body) {
        String name = TagView.nameOf(id);
        List<String> ids = RequestDocument.read(body).linkedIds();
        if (ids.isEmpty()) {
            throw Problem.unprocessable("Name at least one workspace that is to have the tag.");
        }
        List<Workspace> tagged = ids.stream()
                .map(workspace -> workspaces.permitted(caller.principal(), workspace, Permission.UPDATE_WORKSPACE))
                .toList();
        tagged.forEach(workspace -> tags.add(workspace.id(), List.of(name)));
        return Response.noContent().build();
    }
}
