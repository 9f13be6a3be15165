package io.terrafleet.api.artifact;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Open;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.InternalKey;
import io.terrafleet.contracts.runner.RunnerPaths;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Downloads for the other services, by the address that {@link InternalKey#artifactPath} signs. */
@Path("/api/internal/v1/artifacts")
@RunOnVirtualThread
public class ArtifactResource {
    private final Artifacts artifacts;
    private final InternalKey key;
    private final InstantSource clock;

    ArtifactResource(Artifacts artifacts, @Identifier("api") InternalKey key, @Identifier("api") InstantSource clock) {
        this.artifacts = artifacts;
        this.key = key;
        this.clock = clock;
    }

    @GET
    @Path("{id}")
    @Open(because = "signed URL")
    public Response download(
            @PathParam("id") String id,
            @QueryParam("expires") @Nullable String expires,
            @QueryParam("signature") @Nullable String signature) {
        if (expires == null || signature == null || !signed(id, expires, signature)) {
            throw Problem.notFound();
        }
        Artifacts.Opened opened = artifacts.openWhole(id);
        return Response.ok(opened.content(), MediaType.APPLICATION_OCTET_STREAM)
                .header(HttpHeaders.CONTENT_LENGTH, opened.artifact().size())
                .header(RunnerPaths.SHA256_HEADER, opened.artifact().sha256())
                .build();
    }

    private boolean signed(String id, String expires, String signature) {
        return expires.length() <= 15
                && expires.chars().allMatch(digit -> digit >= '0' && digit <= '9')
                && !expires.isEmpty()
                && key.isArtifactSignature(id, Long.parseLong(expires), signature, clock.instant());
    }
}
