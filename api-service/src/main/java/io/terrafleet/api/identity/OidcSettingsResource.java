package io.terrafleet.api.identity;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** Site admins let the issuer's keys come and go. */
@Path("/api/v2/admin/oidc-settings/actions")
@RunOnVirtualThread
public class OidcSettingsResource {
    private final Identities identities;
    private final Grants grants;
    private final Caller caller;

    OidcSettingsResource(Identities identities, Grants grants, Caller caller) {
        this.identities = identities;
        this.grants = grants;
        this.caller = caller;
    }

    @POST
    @Needs(Permission.SITE_ADMIN)
    @Path("rotate-key")
    public Response rotate() {
        grants.requireSiteAdmin(caller.principal());
        identities.rotate();
        return Response.noContent().build();
    }

    @POST
    @Needs(Permission.SITE_ADMIN)
    @Path("trim-key")
    public Response trim() {
        grants.requireSiteAdmin(caller.principal());
        identities.trim();
        return Response.noContent().build();
    }
}
