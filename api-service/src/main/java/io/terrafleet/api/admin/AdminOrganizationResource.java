package io.terrafleet.api.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.organization.OrganizationLimitSettings;
import io.terrafleet.api.organization.OrganizationLimits;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.organization.RegistrySharing;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.setting.Span;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.Optional;

/** All organizations, for site administrators. */
@Path("/api/v2/admin/organizations")
@RunOnVirtualThread
@Needs(Permission.SITE_ADMIN)
public class AdminOrganizationResource {
    private final Organizations organizations;
    private final RegistrySharing sharing;
    private final Grants grants;
    private final Caller caller;

    AdminOrganizationResource(Organizations organizations, RegistrySharing sharing, Grants grants, Caller caller) {
        this.organizations = organizations;
        this.sharing = sharing;
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

    @PATCH
    @Path("{organization}")
    public Response change(@PathParam("organization") String name, InputStream body) {
        Organization organization = find(name);
        OrganizationLimitSettings settings = OrganizationLimitSettings.read(RequestDocument.read(body));
        return Documents.ok(view(organizations.limit(organization.id(), settings)));
    }

    /** Organizations whose runs may take modules from this one's registry. */
    @GET
    @Path("{organization}/relationships/module-consumers")
    public Response consumers(@PathParam("organization") String name, @Context UriInfo uri) {
        Organization organization = find(name);
        return Documents.slice(
                sharing.consumers(organization.id()).stream()
                        .map(AdminOrganizationResource::view)
                        .toList(),
                uri);
    }

    /** Exactly these afterwards; an organization's id is its name. */
    @PATCH
    @Path("{organization}/relationships/module-consumers")
    public Response replaceConsumers(@PathParam("organization") String name, InputStream body) {
        Organization organization = find(name);
        sharing.replaceConsumers(organization.id(), RequestDocument.read(body).linkedIds());
        return Response.noContent().build();
    }

    private Organization find(String name) {
        grants.requireSiteAdmin(caller.principal());
        return organizations.byName(name).orElseThrow(Problem::notFound);
    }

    private static Resource view(Organization organization) {
        OrganizationLimits limits = organization.limits();
        return Resource.of("organizations", organization.name())
                .with("name", organization.name())
                .with("external-id", organization.id())
                .with("notification-email", organization.email())
                .with("created-at", organization.createdAt())
                .with("is-disabled", limits.disabled())
                .with("access-beta-tools", limits.betaTools())
                .with("global-module-sharing", limits.sharesModules())
                .with("global-provider-sharing", limits.sharesProviders())
                .with("terraform-worker-sudo-enabled", false)
                .with("sso-enabled", false)
                .with(
                        "terraform-build-worker-apply-timeout",
                        limits.applyTimeout().map(Span::text))
                .with(
                        "terraform-build-worker-plan-timeout",
                        limits.planTimeout().map(Span::text))
                .with("apply-timeout", limits.applyTimeout().map(Span::text))
                .with("plan-timeout", limits.planTimeout().map(Span::text))
                .with("workspace-limit", limits.workspaces())
                .with("run-limit", limits.runs())
                .related(
                        "module-consumers",
                        "/api/v2/admin/organizations/" + organization.name() + "/relationships/module-consumers")
                .related("owners", "/api/v2/organizations/" + organization.name() + "/teams?filter[names]=owners")
                .link("self", "/api/v2/admin/organizations/" + organization.name());
    }
}
