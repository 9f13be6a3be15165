package io.terrafleet.api.module;

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
@Path("/api/uploads/registry-module-versions")
@RunOnVirtualThread
public class ModuleUploadResource {
    private final Modules modules;

    ModuleUploadResource(Modules modules) {
        this.modules = modules;
    }

    static String path(String versionId, AddressKey key) {
        return "/api/uploads/registry-module-versions/" + versionId + "/" + key.secret();
    }

    @PUT
    @Path("{id}/{key}")
    @Consumes(MediaType.WILDCARD)
    @Open(because = "secret in the path")
    public Response upload(@PathParam("id") String id, @PathParam("key") String key, InputStream body) {
        modules.upload(id, new AddressKey(key), body);
        return Response.ok().build();
    }
}
