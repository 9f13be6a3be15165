package io.terrafleet.api.asset;

import io.smallrye.common.annotation.NonBlocking;
import io.terrafleet.api.access.Open;
import io.terrafleet.api.asset.Assets.Asset;
import io.terrafleet.api.problem.Problem;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

/** Hands the files out, to be kept for a year: another content has another address. */
@Path(Assets.PATH)
@NonBlocking
@Open(because = "the sign-in page needs them, and there is nothing secret in them")
public class AssetResource {
    private final Assets assets;

    AssetResource(Assets assets) {
        this.assets = assets;
    }

    @GET
    @Path("{version}/{name}")
    public Response file(@PathParam("version") String version, @PathParam("name") String name) {
        Asset asset = assets.find(version, name).orElseThrow(Problem::notFound);
        return Response.ok(asset.content(), asset.type())
                .header("Cache-Control", "public, max-age=31536000, immutable")
                .build();
    }
}
