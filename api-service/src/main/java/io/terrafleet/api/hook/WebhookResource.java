package io.terrafleet.api.hook;

import io.smallrye.common.annotation.Blocking;
import io.terrafleet.api.access.Open;
import io.terrafleet.api.vcs.VcsConfig;
import io.terrafleet.contracts.Json;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/**
 * Where git hosts send what happened. Hosts give up on who does not answer soon, and what comes of a burst of deliveries keeps the carriers of
 * virtual threads busy for long: so these requests have threads of their own, which the operating system lets take turns with that work.
 */
@Path("/webhooks/vcs")
@Blocking
public class WebhookResource {
    private final Intake intake;
    private final VcsConfig config;

    WebhookResource(Intake intake, VcsConfig config) {
        this.intake = intake;
        this.config = config;
    }

    @POST
    @Path("{webhook}")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Open(because = "signed with the webhook's secret")
    public Response receive(@PathParam("webhook") String id, @Context HttpHeaders headers, InputStream body)
            throws IOException {
        byte[] content = body.readNBytes(config.mostWebhookBytes() + 1);
        Intake.Receipt receipt =
                intake.receive(id, name -> Optional.ofNullable(headers.getHeaderString(name)), content);
        return Response.status(receipt.fresh() ? Response.Status.ACCEPTED : Response.Status.OK)
                .entity(Json.write(Map.of("delivery", receipt.id())))
                .build();
    }
}
