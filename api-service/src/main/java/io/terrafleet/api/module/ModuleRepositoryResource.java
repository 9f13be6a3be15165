package io.terrafleet.api.module;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.problem.Problem;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;

/** Modules of the private registry that come from repositories. */
@Path("/api/v2/organizations/{organization}/registry-modules")
@RunOnVirtualThread
public class ModuleRepositoryResource {
    private static final String FIRST = "0.0.0";

    private final Modules modules;
    private final ModuleRepositories repositories;
    private final Organizations organizations;
    private final Caller caller;

    ModuleRepositoryResource(
            Modules modules, ModuleRepositories repositories, Organizations organizations, Caller caller) {
        this.modules = modules;
        this.repositories = repositories;
        this.organizations = organizations;
        this.caller = caller;
    }

    /** {@code vcs-repo} names the repository, and its branch when versions do not come from tags; {@code initial-version} is the branch's first. */
    @POST
    @Needs(Permission.MANAGE_MODULES)
    @Path("vcs")
    public Response create(@PathParam("organization") String organizationName, InputStream body) {
        Organization organization = permitted(organizationName);
        RequestDocument request = RequestDocument.read(body);
        if (request.text("registry-name").filter("public"::equals).isPresent()) {
            throw Problem.invalid("registry-name", "Registry name must be \"private\"");
        }
        ModuleSource source = ModuleSource.read(request);
        Optional<String> name = request.text("name").filter(text -> !text.isBlank());
        Optional<String> provider = request.text("provider").filter(text -> !text.isBlank());
        if (name.isPresent() != provider.isPresent()) {
            throw Problem.invalid("provider", "Name and provider are given together, or taken from the repository");
        }
        String first =
                request.text("initial-version").filter(text -> !text.isBlank()).orElse(FIRST);
        if (VersionNumber.parse(first).isEmpty()) {
            throw Problem.invalid("initial-version", "Initial version must be a semantic version such as 1.0.0");
        }
        Module module = repositories.create(
                organization.id(),
                source,
                name.map(given -> new ModuleSource.Title(given, provider.orElseThrow())),
                first);
        return Documents.created(ModuleView.of(module, organization.name(), true));
    }

    /** Takes the tags that are not versions yet, now. */
    @POST
    @Needs(Permission.MANAGE_MODULES)
    @Path("private/{namespace}/{name}/{provider}/actions/resync")
    public Response sync(
            @PathParam("organization") String organizationName,
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @PathParam("provider") String provider) {
        Organization organization = permitted(organizationName);
        if (!organization.name().equalsIgnoreCase(namespace)) {
            throw Problem.notFound();
        }
        Module module = modules.named(organization.id(), name, provider).orElseThrow(Problem::notFound);
        return Documents.ok(ModuleView.of(repositories.sync(module.id()), organization.name(), true));
    }

    private Organization permitted(String name) {
        return organizations.permitted(caller.principal(), name, Permission.MANAGE_MODULES);
    }
}
