package io.terrafleet.api.organization;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.organization.ReservedTagKeys.ReservedTagKey;
import io.terrafleet.api.problem.Problem;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;

/** An organization's reserved tag keys over HTTP. */
@Path("/api/v2")
@RunOnVirtualThread
public class ReservedTagKeyResource {
    private final ReservedTagKeys keys;
    private final Organizations organizations;
    private final Grants grants;
    private final Caller caller;

    ReservedTagKeyResource(ReservedTagKeys keys, Organizations organizations, Grants grants, Caller caller) {
        this.keys = keys;
        this.organizations = organizations;
        this.grants = grants;
        this.caller = caller;
    }

    @GET
    @Path("organizations/{organization}/reserved-tag-keys")
    @Needs(Permission.READ)
    public Response list(@PathParam("organization") String name, @Context UriInfo uri) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.READ);
        return Documents.slice(
                keys.of(organization.id()).stream()
                        .map(ReservedTagKeyResource::view)
                        .toList(),
                uri);
    }

    @POST
    @Path("organizations/{organization}/reserved-tag-keys")
    @Needs(Permission.OWN)
    public Response create(@PathParam("organization") String name, InputStream body) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.OWN);
        RequestDocument request = RequestDocument.read(body);
        return Documents.created(view(keys.create(
                organization.id(),
                request.required("key"),
                request.flag("disable-overrides").orElse(false))));
    }

    @PATCH
    @Path("reserved-tag-keys/{key}")
    @Needs(Permission.OWN)
    public Response change(@PathParam("key") String id, InputStream body) {
        ReservedTagKey key = permitted(id);
        RequestDocument request = RequestDocument.read(body);
        return Documents.ok(view(keys.change(key.id(), request.text("key"), request.flag("disable-overrides"))));
    }

    @DELETE
    @Path("reserved-tag-keys/{key}")
    @Needs(Permission.OWN)
    public Response delete(@PathParam("key") String id) {
        keys.delete(permitted(id).id());
        return Response.noContent().build();
    }

    private ReservedTagKey permitted(String id) {
        ReservedTagKey key = keys.find(id).orElseThrow(Problem::notFound);
        grants.require(caller.principal(), key.organizationId(), Permission.OWN);
        return key;
    }

    private static Resource view(ReservedTagKey key) {
        return Resource.of("reserved-tag-keys", key.id())
                .with("key", key.key())
                .with("disable-overrides", key.disableOverrides())
                .with("created-at", key.createdAt())
                .with("updated-at", key.updatedAt())
                .link("self", "/api/v2/reserved-tag-keys/" + key.id());
    }
}
