package io.terrafleet.api.phase;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Open;
import io.terrafleet.api.log.LogFollowing;
import io.terrafleet.api.problem.Problem;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;

/** Pieces of a log by byte offset; 200 with nothing when there is nothing new for a moment. */
@Path("/api/log/v1/{log}/{expires}/{signature}")
@RunOnVirtualThread
@Open(because = "signed link")
public class LogResource {
    private static final int MOST = 1_048_576;

    private final LogFollowing logs;
    private final LogLinks links;

    LogResource(LogFollowing logs, LogLinks links) {
        this.logs = logs;
        this.links = links;
    }

    @GET
    public Response read(
            @PathParam("log") String log,
            @PathParam("expires") long expires,
            @PathParam("signature") String signature,
            @QueryParam("offset") @DefaultValue("0") long offset,
            @QueryParam("limit") @DefaultValue("65536") int limit)
            throws InterruptedException {
        if (!links.isGood(log, expires, signature)) {
            throw Problem.notFound();
        }
        if (offset < 0 || limit < 1) {
            throw Problem.malformed("offset must be a number from 0, limit a number from 1");
        }
        return Response.ok(logs.read(log, offset, Math.min(limit, MOST)), "text/plain")
                .header("Cache-Control", "no-store")
                .build();
    }
}
