package io.terrafleet.forgetful;

import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** States a permission and does not ask for it, which is the mistake that {@code NeedsFilter} is there for. */
@Path("/forgetful")
public class ForgetfulResource {
    @GET
    @Needs(Permission.READ)
    @Operation(hidden = true)
    public String secret() {
        return "what nobody should get";
    }
}
