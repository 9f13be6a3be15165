package io.terrafleet.api.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.RunId;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;

/** Workspaces of whatever organization, for site administrators. */
@Path("/api/v2/admin/workspaces")
@RunOnVirtualThread
@Needs(Permission.SITE_ADMIN)
public class AdminWorkspaceResource {
    private final Workspaces workspaces;
    private final AdminListings listings;
    private final Grants grants;
    private final Caller caller;

    AdminWorkspaceResource(Workspaces workspaces, AdminListings listings, Grants grants, Caller caller) {
        this.workspaces = workspaces;
        this.listings = listings;
        this.grants = grants;
        this.caller = caller;
    }

    /** By name; {@code q} searches in the names of workspaces and organizations. */
    @GET
    public Response list(@Context UriInfo uri) {
        grants.requireSiteAdmin(caller.principal());
        Page page = Page.of(uri);
        String search =
                Optional.ofNullable(uri.getQueryParameters().getFirst("q")).orElse("");
        AdminListings.Listing<Workspace> listing = listings.workspaces(search, page);
        return Documents.page(
                listing.items().stream().map(AdminWorkspaceResource::view).toList(), page, listing.total(), uri);
    }

    @GET
    @Path("{workspace}")
    public Response show(@PathParam("workspace") String id) {
        return Documents.ok(view(find(id)));
    }

    /** Even when it manages resources; refused with 409 while somebody holds it. */
    @DELETE
    @Path("{workspace}")
    public Response delete(@PathParam("workspace") String id) {
        workspaces.delete(find(id).id(), false);
        return Response.noContent().build();
    }

    private Workspace find(String id) {
        grants.requireSiteAdmin(caller.principal());
        return workspaces.permitted(caller.principal(), id, Permission.READ);
    }

    private static Resource view(Workspace workspace) {
        return Resource.of("workspaces", workspace.id().value())
                .with("name", workspace.name())
                .with("locked", workspace.lock().isPresent())
                .with("created-at", workspace.createdAt())
                .with("updated-at", workspace.updatedAt())
                .with("vcs-repo", null)
                .toOne("organization", "organizations", workspace.organizationName())
                .toOne(
                        "current-run",
                        "runs",
                        workspace.currentRun().map(RunId::value).orElse(null))
                .link("self", "/api/v2/admin/workspaces/" + workspace.id());
    }
}
