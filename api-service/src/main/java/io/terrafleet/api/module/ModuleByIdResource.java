package io.terrafleet.api.module;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.PublicUrl;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.problem.Problem;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;

/** The addresses of modules that do not begin with the organization: by id, and older ones that clients still use. */
@Path("/api/v2/registry-modules")
@RunOnVirtualThread
public class ModuleByIdResource {
    private final Modules modules;
    private final ModuleRepositories repositories;
    private final Organizations organizations;
    private final Grants grants;
    private final Caller caller;
    private final PublicUrl url;

    ModuleByIdResource(
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
    @Path("{id}")
    public Response show(@PathParam("id") String id) {
        Module module = permitted(id);
        return Documents.ok(ModuleView.of(
                module,
                organizations
                        .find(module.organizationId())
                        .map(Organization::name)
                        .orElseThrow(Problem::notFound),
                grants.allows(caller.principal(), module.organizationId(), Permission.MANAGE_MODULES)));
    }

    /** Modules bear no tags here. */
    @GET
    @Needs(Permission.READ)
    @Path("{id}/tag-bindings")
    public Response tagBindings(@PathParam("id") String id) {
        permitted(id);
        return Documents.list(List.of());
    }

    @GET
    @Needs(Permission.READ)
    @Path("show/{organization}/{name}/{provider}")
    public Response show(
            @PathParam("organization") String organizationName,
            @PathParam("name") String name,
            @PathParam("provider") String provider) {
        Organization organization = organizations.permitted(caller.principal(), organizationName, Permission.READ);
        return Documents.ok(ModuleView.of(
                module(organization, name, provider),
                organization.name(),
                grants.allows(caller.principal(), organization.id(), Permission.MANAGE_MODULES)));
    }

    @POST
    @Needs(Permission.MANAGE_MODULES)
    @Path("{organization}/{name}/{provider}/versions")
    public Response createVersion(
            @PathParam("organization") String organizationName,
            @PathParam("name") String name,
            @PathParam("provider") String provider,
            InputStream body) {
        Module module = module(owned(organizationName), name, provider);
        RequestDocument request = RequestDocument.read(body);
        if (module.source().isPresent()) {
            Module.Version version =
                    repositories.publish(module, request.required("version"), request.text("commit-sha"));
            return Documents.created(ModuleView.version(module, version));
        }
        Modules.Promised promised =
                modules.createVersion(module.id(), request.required("version"), request.text("commit-sha"));
        return Documents.created(ModuleView.version(module, promised.version())
                .link(
                        "upload",
                        url.of(ModuleUploadResource.path(promised.version().id(), promised.key()))));
    }

    @POST
    @Needs(Permission.MANAGE_MODULES)
    @Path("actions/delete/{organization}/{name}")
    public Response deleteAll(@PathParam("organization") String organizationName, @PathParam("name") String name) {
        modules.deleteAllNamed(owned(organizationName).id(), name);
        return Response.noContent().build();
    }

    @POST
    @Needs(Permission.MANAGE_MODULES)
    @Path("actions/delete/{organization}/{name}/{provider}")
    public Response delete(
            @PathParam("organization") String organizationName,
            @PathParam("name") String name,
            @PathParam("provider") String provider) {
        modules.delete(module(owned(organizationName), name, provider).id());
        return Response.noContent().build();
    }

    @POST
    @Needs(Permission.MANAGE_MODULES)
    @Path("actions/delete/{organization}/{name}/{provider}/{version}")
    public Response deleteVersion(
            @PathParam("organization") String organizationName,
            @PathParam("name") String name,
            @PathParam("provider") String provider,
            @PathParam("version") String version) {
        modules.deleteVersion(module(owned(organizationName), name, provider).id(), version);
        return Response.noContent().build();
    }

    private Organization owned(String name) {
        return organizations.permitted(caller.principal(), name, Permission.MANAGE_MODULES);
    }

    private Module module(Organization organization, String name, String provider) {
        return modules.named(organization.id(), name, provider).orElseThrow(Problem::notFound);
    }

    private Module permitted(String id) {
        Module module = modules.find(id).orElseThrow(Problem::notFound);
        grants.require(caller.principal(), module.organizationId(), Permission.READ);
        return module;
    }
}
