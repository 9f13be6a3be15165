package io.terrafleet.api.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.secret.Secrets;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** The key that seals secrets; an addition to the TFE API. */
@Path("/api/v2/admin/secret-settings/actions")
@RunOnVirtualThread
public class AdminSecretResource {
    private final Secrets secrets;
    private final Grants grants;
    private final Caller caller;

    AdminSecretResource(Secrets secrets, Grants grants, Caller caller) {
        this.secrets = secrets;
        this.grants = grants;
        this.caller = caller;
    }

    /** From now on another key seals; all before it go on unsealing. */
    @POST
    @Needs(Permission.SITE_ADMIN)
    @Path("rotate-key")
    public Response rotate() {
        grants.requireSiteAdmin(caller.principal());
        secrets.rotate();
        return Response.noContent().build();
    }
}
