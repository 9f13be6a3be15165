package io.terrafleet.api.policy;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Open;
import io.terrafleet.api.secret.AddressKey;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** Where a version's archive is uploaded: the secret is in the path, because clients send no token and drop queries. */
@Path("/api/uploads/policy-set-versions")
@RunOnVirtualThread
public class PolicySetUploadResource {
    private final PolicySetVersions versions;

    PolicySetUploadResource(PolicySetVersions versions) {
        this.versions = versions;
    }

    static String path(String id, AddressKey key) {
        return "/api/uploads/policy-set-versions/" + id + "/" + key.secret();
    }

    @PUT
    @Path("{id}/{key}")
    @Consumes(MediaType.WILDCARD)
    @Open(because = "secret in the path")
    public Response upload(@PathParam("id") String id, @PathParam("key") String key, InputStream body) {
        versions.upload(id, new AddressKey(key), body);
        return Response.ok().build();
    }
}
