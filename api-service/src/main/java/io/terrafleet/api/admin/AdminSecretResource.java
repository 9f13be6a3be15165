package io.terrafleet.api.admin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.secret.Resealing;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;

/** The keys that seal secrets; an addition to the TFE API. */
@Path("/api/v2/admin/secret-settings")
@RunOnVirtualThread
public class AdminSecretResource {
    private final Resealing resealing;
    private final Grants grants;
    private final Caller caller;

    AdminSecretResource(Resealing resealing, Grants grants, Caller caller) {
        this.resealing = resealing;
        this.grants = grants;
        this.caller = caller;
    }

    /** How many values each key has sealed, and how far they are sealed with the newest. */
    @GET
    @Needs(Permission.SITE_ADMIN)
    public Response read() {
        grants.requireSiteAdmin(caller.principal());
        Resealing.Standing standing = resealing.standing();
        return Documents.ok(Resource.of("secret-settings", "secret")
                .with(
                        "keys",
                        standing.keys().stream().map(AdminSecretResource::key).toList())
                .with("resealed", standing.resealed())
                .with("counted-at", standing.countedAt())
                .with("finished-at", standing.finishedAt()));
    }

    private static Map<String, Object> key(Resealing.Key key) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", key.id());
        json.put("sealing", key.sealing());
        json.put("values", key.values());
        json.put("known", key.known());
        key.madeAt().ifPresent(at -> json.put("created-at", at.toString()));
        return json;
    }

    /** From now on another key seals; all before it go on unsealing, and what they have sealed is sealed again. */
    @POST
    @Needs(Permission.SITE_ADMIN)
    @Path("actions/rotate-key")
    public Response rotate() {
        grants.requireSiteAdmin(caller.principal());
        resealing.rotate();
        return Response.noContent().build();
    }

    /** Forgets all keys but the one that seals, when they have nothing left to unseal. */
    @POST
    @Needs(Permission.SITE_ADMIN)
    @Path("actions/withdraw-keys")
    public Response withdraw() {
        grants.requireSiteAdmin(caller.principal());
        resealing.withdraw();
        return Response.noContent().build();
    }
}
