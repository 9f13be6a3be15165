package io.terrafleet.api.discovery;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Open;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * What the terraform command asks first. It names only what is served: {@code tfe.v2} is for the cloud block, {@code tfe.v2.1} for
 * the remote backend, {@code tfe.v2.2} for the tfe provider; {@code login.v1} tells {@code terraform login} where to send the browser
 * and on which ports it may wait for it to come back.
 */
@Path("/.well-known")
@RunOnVirtualThread
@Open(because = "clients look for services before they know which token to send")
public class DiscoveryResource {
    private static final String API = "/api/v2/";

    @GET
    @Path("terraform.json")
    @Produces(MediaType.APPLICATION_JSON)
    public Response services() {
        ObjectNode services = JsonNodeFactory.instance.objectNode();
        services.put("tfe.v2", API).put("tfe.v2.1", API).put("tfe.v2.2", API).put("state.v2", API);
        services.put("modules.v1", "/api/registry/v1/modules/").put("providers.v1", "/api/registry/v1/providers/");
        ObjectNode login = services.putObject("login.v1")
                .put("client", "terraform-cli")
                .put("authz", "/app/oauth2/auth")
                .put("token", "/oauth2/token");
        login.putArray("grant_types").add("authz_code");
        login.putArray("ports").add(10_000).add(10_010);
        return Response.ok(services.toString()).build();
    }
}
