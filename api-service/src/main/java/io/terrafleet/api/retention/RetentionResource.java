package io.terrafleet.api.retention;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;

/** Data retention policies over HTTP, of workspaces and of organizations. */
@Path("/api/v2")
@RunOnVirtualThread
public class RetentionResource {
    private static final String DONT_DELETE = "data-retention-policy-dont-deletes";
    private static final String DELETE_OLDER = "data-retention-policy-delete-olders";

    private final Retentions retentions;
    private final Workspaces workspaces;
    private final Organizations organizations;
    private final Caller caller;

    RetentionResource(Retentions retentions, Workspaces workspaces, Organizations organizations, Caller caller) {
        this.retentions = retentions;
        this.workspaces = workspaces;
        this.organizations = organizations;
        this.caller = caller;
    }

    @GET
    @Path("workspaces/{workspace}/relationships/data-retention-policy")
    @Needs(Permission.READ)
    public Response ofWorkspace(@PathParam("workspace") String id) {
        return show(workspace(id, Permission.READ));
    }

    @POST
    @Path("workspaces/{workspace}/relationships/data-retention-policy")
    @Needs(Permission.ADMIN)
    public Response setForWorkspace(@PathParam("workspace") String id, InputStream body) {
        return set(workspace(id, Permission.ADMIN), body);
    }

    @PATCH
    @Path("workspaces/{workspace}/relationships/data-retention-policy")
    @Needs(Permission.ADMIN)
    public Response changeForWorkspace(@PathParam("workspace") String id, InputStream body) {
        return set(workspace(id, Permission.ADMIN), body);
    }

    @DELETE
    @Path("workspaces/{workspace}/relationships/data-retention-policy")
    @Needs(Permission.ADMIN)
    public Response deleteOfWorkspace(@PathParam("workspace") String id) {
        return delete(workspace(id, Permission.ADMIN));
    }

    @GET
    @Path("organizations/{organization}/relationships/data-retention-policy")
    @Needs(Permission.READ)
    public Response ofOrganization(@PathParam("organization") String name) {
        return show(organization(name, Permission.READ));
    }

    @POST
    @Path("organizations/{organization}/relationships/data-retention-policy")
    @Needs(Permission.OWN)
    public Response setForOrganization(@PathParam("organization") String name, InputStream body) {
        return set(organization(name, Permission.OWN), body);
    }

    @PATCH
    @Path("organizations/{organization}/relationships/data-retention-policy")
    @Needs(Permission.OWN)
    public Response changeForOrganization(@PathParam("organization") String name, InputStream body) {
        return set(organization(name, Permission.OWN), body);
    }

    @DELETE
    @Path("organizations/{organization}/relationships/data-retention-policy")
    @Needs(Permission.OWN)
    public Response deleteOfOrganization(@PathParam("organization") String name) {
        return delete(organization(name, Permission.OWN));
    }

    private Response show(Keeper keeper) {
        return Documents.ok(view(retentions.of(keeper).orElseThrow(Problem::notFound)));
    }

    /** The document's type says whether anything is deleted at all. */
    private Response set(Keeper keeper, InputStream body) {
        RequestDocument request = RequestDocument.read(body);
        boolean never = request.root().path("data").path("type").asText().equals(DONT_DELETE);
        Optional<Long> days = never
                ? Optional.empty()
                : Optional.of(request.integer("delete-older-than-n-days")
                        .orElseThrow(() -> Problem.invalid(
                                "delete-older-than-n-days", "Delete older than n days can't be blank")));
        return Documents.ok(view(retentions.set(keeper, days)));
    }

    private Response delete(Keeper keeper) {
        retentions.delete(keeper);
        return Response.noContent().build();
    }

    private Keeper workspace(String id, Permission permission) {
        Workspace workspace = workspaces.permitted(caller.principal(), id, permission);
        return new Keeper(workspace.organizationId(), Optional.of(workspace.id().value()));
    }

    private Keeper organization(String name, Permission permission) {
        return new Keeper(
                organizations.permitted(caller.principal(), name, permission).id(), Optional.empty());
    }

    private static Resource view(RetentionPolicy policy) {
        Resource resource = Resource.of(policy.days().isPresent() ? DELETE_OLDER : DONT_DELETE, policy.id());
        policy.days().ifPresent(days -> resource.with("delete-older-than-n-days", days));
        return resource;
    }
}
