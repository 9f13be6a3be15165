package io.terrafleet.api.provider;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.document.PublicUrl;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.problem.Problem;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;

/** Versions and platforms of a provider. What is not uploaded yet has its address in the document of its creation. */
@Path("/api/v2/organizations/{organization}/registry-providers/{registry}/{namespace}/{name}/versions")
@RunOnVirtualThread
public class ProviderVersionResource {
    private final Providers providers;
    private final Organizations organizations;
    private final Grants grants;
    private final Caller caller;
    private final PublicUrl url;

    @PathParam("organization")
    String organization;

    @PathParam("registry")
    String registry;

    @PathParam("namespace")
    String namespace;

    @PathParam("name")
    String name;

    @SuppressWarnings("NullAway.Init")
    ProviderVersionResource(
            Providers providers, Organizations organizations, Grants grants, Caller caller, PublicUrl url) {
        this.providers = providers;
        this.organizations = organizations;
        this.grants = grants;
        this.caller = caller;
        this.url = url;
    }

    @GET
    @Needs(Permission.READ)
    public Response list(@Context UriInfo uri) {
        List<Provider.Version> versions =
                providers.versions(provider(Permission.READ).id());
        Page page = Page.of(uri);
        return Documents.page(
                versions.stream()
                        .skip(page.offset())
                        .limit(page.size())
                        .map(this::view)
                        .toList(),
                page,
                versions.size(),
                uri);
    }

    @POST
    @Needs(Permission.MANAGE_PROVIDERS)
    public Response create(InputStream body) {
        Provider provider = provider(Permission.MANAGE_PROVIDERS);
        RequestDocument request = RequestDocument.read(body);
        Providers.Promised<Provider.Version> promised = providers.createVersion(
                provider.id(),
                request.required("version"),
                request.required("key-id"),
                request.texts("protocols").orElse(List.of()));
        String id = promised.what().id();
        return Documents.created(view(promised.what())
                .link("shasums-upload", url.of(ProviderUploadResource.path("shasums", id, promised.key())))
                .link("shasums-sig-upload", url.of(ProviderUploadResource.path("shasums-sig", id, promised.key()))));
    }

    @GET
    @Needs(Permission.READ)
    @Path("{version}")
    public Response show(@PathParam("version") String number) {
        return Documents.ok(view(version(number, Permission.READ)));
    }

    @DELETE
    @Needs(Permission.MANAGE_PROVIDERS)
    @Path("{version}")
    public Response delete(@PathParam("version") String number) {
        providers.deleteVersion(version(number, Permission.MANAGE_PROVIDERS).id());
        return Response.noContent().build();
    }

    @GET
    @Needs(Permission.READ)
    @Path("{version}/platforms")
    public Response platforms(@PathParam("version") String number, @Context UriInfo uri) {
        List<Provider.Platform> platforms =
                providers.platforms(version(number, Permission.READ).id());
        Page page = Page.of(uri);
        return Documents.page(
                platforms.stream()
                        .skip(page.offset())
                        .limit(page.size())
                        .map(this::view)
                        .toList(),
                page,
                platforms.size(),
                uri);
    }

    @POST
    @Needs(Permission.MANAGE_PROVIDERS)
    @Path("{version}/platforms")
    public Response createPlatform(@PathParam("version") String number, InputStream body) {
        Provider.Version version = version(number, Permission.MANAGE_PROVIDERS);
        RequestDocument request = RequestDocument.read(body);
        Providers.Promised<Provider.Platform> promised = providers.createPlatform(
                version.id(),
                request.required("os"),
                request.required("arch"),
                request.required("filename"),
                request.required("shasum").toLowerCase(Locale.ROOT));
        return Documents.created(view(promised.what())
                .link(
                        "provider-binary-upload",
                        url.of(ProviderUploadResource.path(
                                "binary", promised.what().id(), promised.key()))));
    }

    @GET
    @Needs(Permission.READ)
    @Path("{version}/platforms/{os}/{arch}")
    public Response platform(
            @PathParam("version") String number, @PathParam("os") String os, @PathParam("arch") String arch) {
        return Documents.ok(view(platform(version(number, Permission.READ), os, arch)));
    }

    @DELETE
    @Needs(Permission.MANAGE_PROVIDERS)
    @Path("{version}/platforms/{os}/{arch}")
    public Response deletePlatform(
            @PathParam("version") String number, @PathParam("os") String os, @PathParam("arch") String arch) {
        providers.deletePlatform(
                platform(version(number, Permission.MANAGE_PROVIDERS), os, arch).id());
        return Response.noContent().build();
    }

    private Provider provider(Permission permission) {
        Organization owner = organizations.permitted(caller.principal(), organization, permission);
        return providers.named(owner.id(), registry, namespace, name).orElseThrow(Problem::notFound);
    }

    private Provider.Version version(String number, Permission permission) {
        return providers.version(provider(permission).id(), number).orElseThrow(Problem::notFound);
    }

    private Provider.Platform platform(Provider.Version version, String os, String arch) {
        return providers.platform(version.id(), os, arch).orElseThrow(Problem::notFound);
    }

    private boolean mayChange() {
        return organizations
                .byName(organization)
                .filter(owner -> grants.allows(caller.principal(), owner.id(), Permission.MANAGE_PROVIDERS))
                .isPresent();
    }

    private Resource view(Provider.Version version) {
        Resource resource = ProviderView.of(version, mayChange())
                .related(
                        "platforms",
                        "/api/v2/organizations/" + organization + "/registry-providers/" + registry + "/" + namespace
                                + "/" + name + "/versions/" + version.number() + "/platforms");
        version.shasums()
                .ifPresent(id -> resource.link(
                        "shasums-download",
                        ProviderRegistryResource.fileOf(namespace, name) + version.number() + "/shasums"));
        version.signature()
                .ifPresent(id -> resource.link(
                        "shasums-sig-download",
                        ProviderRegistryResource.fileOf(namespace, name) + version.number() + "/shasums-sig"));
        return resource;
    }

    private Resource view(Provider.Platform platform) {
        return ProviderView.of(platform, mayChange());
    }
}
