package io.terrafleet.api.organization;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
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
import java.util.Optional;

/** Organizations over HTTP. Whoever creates one owns it. */
@Path("/api/v2")
@RunOnVirtualThread
public class OrganizationResource {
    private final Organizations organizations;
    private final Projects projects;
    private final RegistrySharing sharing;
    private final Grants grants;
    private final Caller caller;

    OrganizationResource(
            Organizations organizations, Projects projects, RegistrySharing sharing, Grants grants, Caller caller) {
        this.organizations = organizations;
        this.projects = projects;
        this.sharing = sharing;
        this.grants = grants;
        this.caller = caller;
    }

    /** Those that the caller may see; {@code q} or {@code q[name]} searches in the name, {@code q[email]} in the address. */
    @GET
    @Path("organizations")
    @Needs(Permission.KNOWN)
    public Response list(@Context UriInfo uri) {
        Page page = Page.of(uri);
        Organizations.Sought sought = new Organizations.Sought(
                Optional.ofNullable(uri.getQueryParameters().getFirst("q"))
                        .or(() -> Optional.ofNullable(uri.getQueryParameters().getFirst("q[name]")))
                        .orElse(""),
                Optional.ofNullable(uri.getQueryParameters().getFirst("q[email]"))
                        .orElse(""));
        return Documents.page(
                organizations.visibleTo(caller.principal(), sought, page.offset(), page.size()).stream()
                        .map(this::view)
                        .toList(),
                page,
                organizations.countVisibleTo(caller.principal(), sought),
                uri);
    }

    @POST
    @Path("organizations")
    @Needs(Permission.KNOWN)
    public Response create(InputStream body) {
        RequestDocument document = RequestDocument.read(body);
        document.required("name");
        document.required("email");
        return Documents.created(view(organizations.create(caller.principal(), settings(document))));
    }

    @GET
    @Path("organizations/{organization}")
    @Needs(Permission.READ)
    public Response show(@PathParam("organization") String name) {
        return Documents.ok(view(organizations.permitted(caller.principal(), name, Permission.READ)));
    }

    @PATCH
    @Path("organizations/{organization}")
    @Needs(Permission.OWN)
    public Response change(@PathParam("organization") String name, InputStream body) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.OWN);
        return Documents.ok(view(organizations.change(organization.id(), settings(RequestDocument.read(body)))));
    }

    @DELETE
    @Path("organizations/{organization}")
    @Needs(Permission.OWN)
    public Response delete(@PathParam("organization") String name) {
        organizations.delete(organizations
                .permitted(caller.principal(), name, Permission.OWN)
                .id());
        return Response.noContent().build();
    }

    @GET
    @Path("organizations/{organization}/entitlement-set")
    @Needs(Permission.READ)
    public Response entitlements(@PathParam("organization") String name) {
        return Documents.ok(
                OrganizationView.entitlements(organizations.permitted(caller.principal(), name, Permission.READ)));
    }

    private Resource view(Organization organization) {
        return OrganizationView.of(
                organization,
                projects.standardOf(organization.id()).id(),
                grants.rights(caller.principal(), organization.id()),
                sharing.countConsumers(organization.id()));
    }

    private static OrganizationSettings settings(RequestDocument document) {
        return new OrganizationSettings(
                document.text("name"),
                document.text("email"),
                document.text("default-execution-mode"),
                document.flag("allow-force-delete-workspaces"),
                OrganizationTraitSettings.read(document));
    }
}
