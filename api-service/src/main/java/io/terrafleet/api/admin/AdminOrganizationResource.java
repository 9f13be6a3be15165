package io.terrafleet.api.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.problem.Problem;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;

/** All organizations, for site administrators. */
@Path("/api/v2/admin/organizations")
@RunOnVirtualThread
@Needs(Permission.SITE_ADMIN)
public class AdminOrganizationResource {
    private final Organizations organizations;
    private final Grants grants;
    private final Caller caller;

    AdminOrganizationResource(Organizations organizations, Grants grants, Caller caller) {
        this.organizations = organizations;
        this.grants = grants;
        this.caller = caller;
    }

    /** By name; {@code q} searches in it. */
    @GET
    public Response list(@Context UriInfo uri) {
        grants.requireSiteAdmin(caller.principal());
        Page page = Page.of(uri);
        String search =
                Optional.ofNullable(uri.getQueryParameters().getFirst("q")).orElse("");
        return Documents.page(
                organizations.visibleTo(caller.principal(), search, page.offset(), page.size()).stream()
                        .map(AdminOrganizationResource::view)
                        .toList(),
                page,
                organizations.countVisibleTo(caller.principal(), search),
                uri);
    }

    @GET
    @Path("{organization}")
    public Response show(@PathParam("organization") String name) {
        return Documents.ok(view(find(name)));
    }

    /** Refused with 409 while it has workspaces. */
    @DELETE
    @Path("{organization}")
    public Response delete(@PathParam("organization") String name) {
        organizations.delete(find(name).id());
        return Response.noContent().build();
    }

    private Organization find(String name) {
        grants.requireSiteAdmin(caller.principal());
        return organizations.byName(name).orElseThrow(Problem::notFound);
    }

    private static Resource view(Organization organization) {
        return Resource.of("organizations", organization.name())
                .with("name", organization.name())
                .with("external-id", organization.id())
                .with("notification-email", organization.email())
                .with("created-at", organization.createdAt())
                .with("is-disabled", false)
                .with("access-beta-tools", false)
                .with("global-module-sharing", false)
                .with("global-provider-sharing", false)
                .with("sso-enabled", false)
                .with("terraform-build-worker-apply-timeout", null)
                .with("terraform-build-worker-plan-timeout", null)
                .with("apply-timeout", null)
                .with("plan-timeout", null)
                .with("workspace-limit", null)
                .related("owners", "/api/v2/organizations/" + organization.name() + "/teams?filter[names]=owners")
                .link("self", "/api/v2/admin/organizations/" + organization.name());
    }
}
