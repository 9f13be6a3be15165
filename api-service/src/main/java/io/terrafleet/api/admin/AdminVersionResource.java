package io.terrafleet.api.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.toolversion.Builds;
import io.terrafleet.api.toolversion.ToolVersion;
import io.terrafleet.api.toolversion.ToolVersions;
import io.terrafleet.contracts.event.ToolBuild;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Versions of terraform, and of OpenTofu with {@code engine: tofu}. Official ones workers take from their own directory, PATH or release
 * index, and verify them there. Others come from the address that an administrator names, and only what has the checksum that was named with
 * it is run.
 */
@Path("/api/v2/admin/terraform-versions")
@RunOnVirtualThread
@Needs(Permission.SITE_ADMIN)
public class AdminVersionResource {
    private static final int MOST_ARCHS = 20;

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
        return new ToolVersions.Wish(
                request.text("engine", 64),
                request.text("version", 64),
                new ToolVersions.Source(said(request, "url"), said(request, "sha"), builds(request)),
                request.flag("enabled"),
                request.flag("beta"),
                request.flag("deprecated"),
                request.isNull("deprecated-reason") ? Optional.of("") : request.text("deprecated-reason"));
    }

    private static Optional<String> said(RequestDocument request, String attribute) {
        return request.text(attribute, 4_096).filter(text -> !text.isBlank());
    }

    /** {@code archs}: a list of {@code {url, sha, os, arch}}; empty when it is not said. */
    private static Optional<List<ToolBuild>> builds(RequestDocument request) {
        JsonNode list = request.raw("archs");
        if (list.isMissingNode() || list.isNull()) {
            return Optional.empty();
        }
        if (!list.isArray() || list.size() > MOST_ARCHS) {
            throw Problem.invalid("archs", "Archs must be a list of at most " + MOST_ARCHS + " objects");
        }
        List<ToolBuild> builds = new ArrayList<>();
        for (JsonNode arch : list) {
            builds.add(Builds.of(
                    arch.path("os").asText(),
                    arch.path("arch").asText(),
                    arch.path("url").asText(),
                    arch.path("sha").asText()));
        }
        return Optional.of(List.copyOf(builds));
    }

    private static Map<String, String> view(ToolBuild build) {
        return Map.of("url", build.url().toString(), "sha", build.sha256(), "os", build.os(), "arch", build.arch());
    }

    private static Optional<String> parameter(UriInfo uri, String name) {
        return Optional.ofNullable(uri.getQueryParameters().getFirst(name)).filter(text -> !text.isEmpty());
    }

    private static Resource view(ToolVersion version) {
        return Resource.of("terraform-versions", version.id())
                .with("version", version.version())
                .with("engine", version.engine())
                .with("url", version.usualBuild().map(build -> build.url().toString()))
                .with("sha", version.usualBuild().map(ToolBuild::sha256))
                .with(
                        "archs",
                        version.builds().stream()
                                .map(AdminVersionResource::view)
                                .toList())
                .with("official", version.builds().isEmpty())
                .with("enabled", version.enabled())
                .with("beta", version.beta())
                .with("deprecated", version.deprecated())
                .with("deprecated-reason", version.deprecatedReason())
                .with("usage", version.usage())
                .with("created-at", version.createdAt())
                .link("self", "/api/v2/admin/terraform-versions/" + version.id());
    }
}
