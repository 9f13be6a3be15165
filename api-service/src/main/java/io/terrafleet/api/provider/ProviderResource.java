package io.terrafleet.api.provider;

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
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.organization.Search;
import io.terrafleet.api.problem.Problem;
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

/** Providers of an organization's registry. */
@Path("/api/v2")
@RunOnVirtualThread
public class ProviderResource {
    private static final String ALL = "organizations/{organization}/registry-providers";
    private static final String ONE = ALL + "/{registry}/{namespace}/{name}";

    private final Providers providers;
    private final Organizations organizations;
    private final Grants grants;
    private final Caller caller;

    ProviderResource(Providers providers, Organizations organizations, Grants grants, Caller caller) {
        this.providers = providers;
        this.organizations = organizations;
        this.grants = grants;
        this.caller = caller;
    }

    @GET
    @Needs(Permission.READ)
    @Path(ALL)
    public Response list(
            @PathParam("organization") String organizationName,
            @QueryParam("q") @Nullable String search,
            @QueryParam("filter[registry_name]") @Nullable String registry,
            @Context UriInfo uri) {
        Organization organization = organizations.permitted(caller.principal(), organizationName, Permission.READ);
        Page page = Page.of(uri);
        String pattern = Search.containing(search == null ? "" : search);
        String only = registry == null ? "" : registry;
        return Documents.page(
                providers.list(organization.id(), pattern, only, page.offset(), page.size()).stream()
                        .map(provider -> view(organization, provider))
                        .toList(),
                page,
                providers.count(organization.id(), pattern, only),
                uri);
    }

    @POST
    @Needs(Permission.MANAGE_PROVIDERS)
    @Path(ALL)
    public Response create(@PathParam("organization") String organizationName, InputStream body) {
        Organization organization =
                organizations.permitted(caller.principal(), organizationName, Permission.MANAGE_PROVIDERS);
        RequestDocument request = RequestDocument.read(body);
        String registry = request.required("registry-name");
        if (!registry.equals("private") && !registry.equals("public")) {
            throw Problem.invalid("registry-name", "Registry name is not included in the list");
        }
        String namespace = request.required("namespace");
        if (registry.equals("private") && !namespace.equals(organization.name())) {
            throw Problem.invalid("namespace", "Namespace must be the organization's name for a private provider");
        }
        if (!namespace.matches("[0-9A-Za-z][0-9A-Za-z_-]{0,63}")) {
            throw Problem.invalid("namespace", "Namespace may only contain letters, numbers, dashes and underscores");
        }
        Provider provider = providers.create(organization.id(), registry, namespace, request.required("name"));
        return Documents.created(view(organization, provider));
    }

    @GET
    @Needs(Permission.READ)
    @Path(ONE)
    public Response show(
            @PathParam("organization") String organizationName,
            @PathParam("registry") String registry,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name) {
        Organization organization = organizations.permitted(caller.principal(), organizationName, Permission.READ);
        return Documents.ok(view(organization, provider(organization, registry, namespace, name)));
    }

    /** Nothing of a provider can be changed; its document comes back as it is. */
    @PATCH
    @Needs(Permission.MANAGE_PROVIDERS)
    @Path(ONE)
    public Response change(
            @PathParam("organization") String organizationName,
            @PathParam("registry") String registry,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            InputStream body) {
        Organization organization =
                organizations.permitted(caller.principal(), organizationName, Permission.MANAGE_PROVIDERS);
        Provider provider = provider(organization, registry, namespace, name);
        RequestDocument.read(body);
        return Documents.ok(view(organization, provider));
    }

    @DELETE
    @Needs(Permission.MANAGE_PROVIDERS)
    @Path(ONE)
    public Response delete(
            @PathParam("organization") String organizationName,
            @PathParam("registry") String registry,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name) {
        Organization organization =
                organizations.permitted(caller.principal(), organizationName, Permission.MANAGE_PROVIDERS);
        providers.delete(provider(organization, registry, namespace, name).id());
        return Response.noContent().build();
    }

    @GET
    @Needs(Permission.READ)
    @Path("registry-providers/{id}")
    public Response byId(@PathParam("id") String id) {
        Provider provider = permitted(id);
        return Documents.ok(
                view(organizations.find(provider.organizationId()).orElseThrow(Problem::notFound), provider));
    }

    /** Providers bear no tags here. */
    @GET
    @Needs(Permission.READ)
    @Path("registry-providers/{id}/tag-bindings")
    public Response tagBindings(@PathParam("id") String id) {
        permitted(id);
        return Documents.list(List.of());
    }

    private Provider permitted(String id) {
        Provider provider = providers.find(id).orElseThrow(Problem::notFound);
        grants.require(caller.principal(), provider.organizationId(), Permission.READ);
        return provider;
    }

    private Provider provider(Organization organization, String registry, String namespace, String name) {
        return providers.named(organization.id(), registry, namespace, name).orElseThrow(Problem::notFound);
    }

    private Resource view(Organization organization, Provider provider) {
        return ProviderView.of(
                provider,
                organization.name(),
                grants.allows(caller.principal(), organization.id(), Permission.MANAGE_PROVIDERS));
    }
}
