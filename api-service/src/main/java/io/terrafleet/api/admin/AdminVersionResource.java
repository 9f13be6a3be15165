package io.terrafleet.api.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.toolversion.ToolVersion;
import io.terrafleet.api.toolversion.ToolVersions;
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
import java.util.List;
import java.util.Optional;

/**
 * Versions of terraform. All that are listed are official: workers take binaries from their own directory, PATH or release index, and
 * verify them there; an address that a request names is never run.
 */
@Path("/api/v2/admin/terraform-versions")
@RunOnVirtualThread
@Needs(Permission.SITE_ADMIN)
public class AdminVersionResource {
    private final ToolVersions versions;
    private final Grants grants;
    private final Caller caller;

    AdminVersionResource(ToolVersions versions, Grants grants, Caller caller) {
        this.versions = versions;
        this.grants = grants;
        this.caller = caller;
    }

    /** The newest first; {@code filter[version]} compares exactly, {@code search[version]} looks for a part. */
    @GET
    public Response list(@Context UriInfo uri) {
        grants.requireSiteAdmin(caller.principal());
        Optional<String> exact = parameter(uri, "filter[version]");
        Optional<String> part = parameter(uri, "search[version]");
        return Documents.slice(
                versions.list().stream()
                        .filter(version -> exact.isEmpty() || version.version().equals(exact.get()))
                        .filter(version -> part.isEmpty() || version.version().contains(part.get()))
                        .map(AdminVersionResource::view)
                        .toList(),
                uri);
    }

    @POST
    public Response create(InputStream body) {
        grants.requireSiteAdmin(caller.principal());
        return Documents.created(view(versions.create(wish(RequestDocument.read(body)))));
    }

    @GET
    @Path("{version}")
    public Response show(@PathParam("version") String id) {
        return Documents.ok(view(find(id)));
    }

    @PATCH
    @Path("{version}")
    public Response change(@PathParam("version") String id, InputStream body) {
        return Documents.ok(view(versions.change(find(id).id(), wish(RequestDocument.read(body)))));
    }

    @DELETE
    @Path("{version}")
    public Response delete(@PathParam("version") String id) {
        versions.delete(find(id).id());
        return Response.noContent().build();
    }

    private ToolVersion find(String id) {
        grants.requireSiteAdmin(caller.principal());
        return versions.find(id).orElseThrow(Problem::notFound);
    }

    private static ToolVersions.Wish wish(RequestDocument request) {
        for (String attribute : List.of("url", "sha")) {
            if (request.text(attribute).filter(text -> !text.isEmpty()).isPresent()) {
                throw notServed(attribute);
            }
        }
        if (request.raw("archs").size() > 0) {
            throw notServed("archs");
        }
        if (!request.flag("official").orElse(true)) {
            throw notServed("official");
        }
        return new ToolVersions.Wish(
                request.text("version", 64),
                request.flag("enabled"),
                request.flag("beta"),
                request.flag("deprecated"),
                request.isNull("deprecated-reason") ? Optional.of("") : request.text("deprecated-reason"));
    }

    private static Problem notServed(String attribute) {
        return Problem.invalid(
                attribute,
                attribute + " is not served: put a build of your own into the workers' directory of versions,"
                        + " or point terrafleet.worker.release.index to a mirror that has it");
    }

    private static Optional<String> parameter(UriInfo uri, String name) {
        return Optional.ofNullable(uri.getQueryParameters().getFirst(name)).filter(text -> !text.isEmpty());
    }

    private static Resource view(ToolVersion version) {
        return Resource.of("terraform-versions", version.id())
                .with("version", version.version())
                .with("url", null)
                .with("sha", null)
                .with("archs", List.of())
                .with("official", true)
                .with("enabled", version.enabled())
                .with("beta", version.beta())
                .with("deprecated", version.deprecated())
                .with("deprecated-reason", version.deprecatedReason())
                .with("usage", version.usage())
                .with("created-at", version.createdAt())
                .link("self", "/api/v2/admin/terraform-versions/" + version.id());
    }
}
