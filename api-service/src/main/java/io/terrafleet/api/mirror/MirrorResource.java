package io.terrafleet.api.mirror;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Open;
import io.terrafleet.contracts.Json;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** The provider network mirror protocol, as {@code terraform init} speaks it. */
@Path("/api/registry/mirror/{host}/{namespace}/{type}")
@RunOnVirtualThread
@Open(
        because =
                "it serves copies of what is public, of registries that the operator names, and only where that is switched on")
public class MirrorResource {
    private final Mirrors mirrors;

    MirrorResource(Mirrors mirrors) {
        this.mirrors = mirrors;
    }

    @GET
    @Path("index.json")
    public Response versions(
            @PathParam("host") String host, @PathParam("namespace") String namespace, @PathParam("type") String type) {
        return json(Map.of("versions", mirrors.versions(host, namespace, type)));
    }

    @GET
    @Path("{version: [0-9A-Za-z.+-]+}.json")
    public Response archives(
            @PathParam("host") String host,
            @PathParam("namespace") String namespace,
            @PathParam("type") String type,
            @PathParam("version") String version) {
        return json(Map.of("archives", mirrors.archives(host, namespace, type, version)));
    }

    @GET
    @Path("{version: [0-9A-Za-z.+-]+}/{platform: [a-z0-9]+_[a-z0-9]+}.zip")
    public Response archive(
            @PathParam("host") String host,
            @PathParam("namespace") String namespace,
            @PathParam("type") String type,
            @PathParam("version") String version,
            @PathParam("platform") String platform) {
        Mirrors.Archive archive = mirrors.archive(host, namespace, type, version, platform);
        return Response.ok(archive.file().toFile(), "application/zip")
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable")
                .header(HttpHeaders.ETAG, '"' + archive.sha256() + '"')
                .build();
    }

    private static Response json(Object value) {
        return Response.ok(Json.write(value), MediaType.APPLICATION_JSON).build();
    }
}
