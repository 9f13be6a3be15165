package io.terrafleet.api.discovery;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Open;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** The first call of every command; only the answer's headers are read, which {@link ApiVersionFilter} sets. */
@Path("/api/v2")
@RunOnVirtualThread
@Open(because = "clients learn the version before they send a token, and it says nothing else")
public class PingResource {
    @GET
    @Path("ping")
    public Response ping() {
        return Response.noContent().build();
    }
}
