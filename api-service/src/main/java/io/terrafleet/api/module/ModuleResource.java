package io.terrafleet.api.module;

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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Modules of the private registry: published, shown, listed, deleted. The public registry is not mirrored. */
@Path("/api/v2/organizations/{organization}/registry-modules")
@RunOnVirtualThread
public class ModuleResource {
    private static final String ONE = "private/{namespace}/{name}/{provider}";

    private final Modules modules;
    private final ModuleRepositories repositories;
    private final Organizations organizations;
    private final Grants grants;
    private final Caller caller;
    private final PublicUrl url;

    ModuleResource(
            Modules modules,
            ModuleRepositories repositories,
            Organizations organizations,
            Grants grants,
            Caller caller,
            PublicUrl url) {
        this.modules = modules;
        this.repositories = repositories;
        this.organizations = organizations;
        this.grants = grants;
        this.caller = caller;
        this.url = url;
    }

    @GET
    @Needs(Permission.READ)
    public Response list(
            @PathParam("organization") String organizationName,
            @QueryParam("q") @Nullable String search,
            @QueryParam("filter[provider]") @Nullable String provider,
            @QueryParam("filter[registry_name]") @Nullable String registry,
            @Context UriInfo uri) {
        Organization organization = organizations.permitted(caller.principal(), organizationName, Permission.READ);
        Page page = Page.of(uri);
        if ("public".equals(registry)) {
            return Documents.page(List.of(), page, 0, uri);
        }
        String pattern = Search.containing(search == null ? "" : search);
        String only = provider == null ? "" : provider;
        return Documents.page(
                modules.list(organization.id(), pattern, only, page.offset(), page.size()).stream()
                        .map(module -> view(organization, module))
                        .toList(),
                page,
                modules.count(organization.id(), pattern, only),
                uri);
    }

    @POST
    @Needs(Permission.MANAGE_MODULES)
    public Response create(@PathParam("organization") String organizationName, InputStream body) {
        Organization organization =
                organizations.permitted(caller.principal(), organizationName, Permission.MANAGE_MODULES);
        RequestDocument request = RequestDocument.read(body);
        String registry = request.required("registry-name");
        if (registry.equals("public")) {
            throw Problem.invalid(
                    "registry-name", "Registry name must be \"private\": public modules are used directly");
        }
        if (!registry.equals("private")) {
            throw Problem.invalid("registry-name", "Registry name is not included in the list");
        }
        request.text("namespace")
                .filter(text -> !text.equals(organization.name()))
                .ifPresent(other -> {
                    throw Problem.invalid(
                            "namespace", "Namespace must be the organization's name for a private module");
                });
        Module module = modules.create(organization.id(), request.required("name"), request.required("provider"));
        return Documents.created(view(organization, module));
    }

    @GET
    @Needs(Permission.READ)
    @Path(ONE)
    public Response show(
            @PathParam("organization") String organizationName,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @PathParam("provider") String provider) {
        Organization organization = organization(organizationName, namespace, Permission.READ);
        return Documents.ok(view(organization, module(organization, name, provider)));
    }

    /** What is said of the repository: branch, tags, prefix, directory. Nothing of a module without one can be changed. */
    @PATCH
    @Needs(Permission.MANAGE_MODULES)
    @Path(ONE)
    public Response change(
            @PathParam("organization") String organizationName,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @PathParam("provider") String provider,
            InputStream body) {
        Organization organization = organization(organizationName, namespace, Permission.MANAGE_MODULES);
        Module module = module(organization, name, provider);
        RequestDocument request = RequestDocument.read(body);
        if (request.flag("no-code").orElse(false)) {
            throw Problem.invalid("no-code", "No code modules are not served here");
        }
        if (!request.has("vcs-repo") || request.isNull("vcs-repo")) {
            return Documents.ok(view(organization, module));
        }
        ModuleSource source = module.source()
                .orElseThrow(() -> ModuleSource.wrong("this module's versions are uploaded; make one of a repository"));
        return Documents.ok(view(organization, repositories.change(module, source.with(request.raw("vcs-repo")))));
    }

    @GET
    @Needs(Permission.READ)
    @Path(ONE + "/version")
    public Response version(
            @PathParam("organization") String organizationName,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @PathParam("provider") String provider,
            @QueryParam("module_version") @Nullable String number) {
        Organization organization = organization(organizationName, namespace, Permission.READ);
        Module module = module(organization, name, provider);
        Module.Version version = Optional.ofNullable(number)
                .map(module::version)
                .orElseGet(() -> module.versions().stream().findFirst())
                .orElseThrow(Problem::notFound);
        return Documents.ok(ModuleView.version(module, version));
    }

    @POST
    @Needs(Permission.MANAGE_MODULES)
    @Path(ONE + "/versions")
    public Response createVersion(
            @PathParam("organization") String organizationName,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @PathParam("provider") String provider,
            InputStream body) {
        Organization organization = organization(organizationName, namespace, Permission.MANAGE_MODULES);
        Module module = module(organization, name, provider);
        RequestDocument request = RequestDocument.read(body);
        if (module.source().isPresent()) {
            Module.Version version =
                    repositories.publish(module, request.required("version"), request.text("commit-sha"));
            return Documents.created(ModuleView.version(module, version));
        }
        return Documents.created(promised(module, request));
    }

    /** The newest of the branch that versions are made of; a module of tags or uploads has none. */
    @GET
    @Needs(Permission.READ)
    @Path(ONE + "/commits")
    public Response commits(
            @PathParam("organization") String organizationName,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @PathParam("provider") String provider) {
        Module module = module(organization(organizationName, namespace, Permission.READ), name, provider);
        Optional<String> newest = module.source().isPresent() ? repositories.newestCommit(module) : Optional.empty();
        return Documents.list(newest.stream()
                .map(sha -> Resource.of("commits", sha).with("sha", sha))
                .toList());
    }

    @DELETE
    @Needs(Permission.MANAGE_MODULES)
    @Path("private/{namespace}/{name}")
    public Response deleteAll(
            @PathParam("organization") String organizationName,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name) {
        modules.deleteAllNamed(
                organization(organizationName, namespace, Permission.MANAGE_MODULES)
                        .id(),
                name);
        return Response.noContent().build();
    }

    @DELETE
    @Needs(Permission.MANAGE_MODULES)
    @Path(ONE)
    public Response delete(
            @PathParam("organization") String organizationName,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @PathParam("provider") String provider) {
        modules.delete(module(organization(organizationName, namespace, Permission.MANAGE_MODULES), name, provider)
                .id());
        return Response.noContent().build();
    }

    @DELETE
    @Needs(Permission.MANAGE_MODULES)
    @Path(ONE + "/{version}")
    public Response deleteVersion(
            @PathParam("organization") String organizationName,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @PathParam("provider") String provider,
            @PathParam("version") String version) {
        Module module = module(organization(organizationName, namespace, Permission.MANAGE_MODULES), name, provider);
        modules.deleteVersion(module.id(), version);
        return Response.noContent().build();
    }

    private Resource promised(Module module, RequestDocument request) {
        Modules.Promised promised =
                modules.createVersion(module.id(), request.required("version"), request.text("commit-sha"));
        return ModuleView.version(module, promised.version())
                .link(
                        "upload",
                        url.of(ModuleUploadResource.path(promised.version().id(), promised.key())));
    }

    /** A private module's namespace is its organization. */
    private Organization organization(String name, String namespace, Permission permission) {
        Organization organization = organizations.permitted(caller.principal(), name, permission);
        if (!organization.name().equalsIgnoreCase(namespace)) {
            throw Problem.notFound();
        }
        return organization;
    }

    private Module module(Organization organization, String name, String provider) {
        return modules.named(organization.id(), name, provider).orElseThrow(Problem::notFound);
    }

    private Resource view(Organization organization, Module module) {
        return ModuleView.of(
                module,
                organization.name(),
                grants.allows(caller.principal(), organization.id(), Permission.MANAGE_MODULES));
    }
}
