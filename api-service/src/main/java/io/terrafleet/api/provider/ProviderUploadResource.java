package io.terrafleet.api.provider;

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

/** Where a provider's files are uploaded: the secret is in the path, because clients send no token. */
@Path("/api/uploads/registry-providers")
@RunOnVirtualThread
@Open(because = "secret in the path")
public class ProviderUploadResource {
    private static final String ROOT = "/api/uploads/registry-providers/";

    private final ProviderFiles files;

    ProviderUploadResource(ProviderFiles files) {
        this.files = files;
    }

    /** @param kind {@code shasums}, {@code shasums-sig} or {@code binary} */
    static String path(String kind, String id, AddressKey key) {
        return ROOT + kind + "/" + id + "/" + key.secret();
    }

    @PUT
    @Path("shasums/{id}/{key}")
    @Consumes(MediaType.WILDCARD)
    public Response shasums(@PathParam("id") String id, @PathParam("key") String key, InputStream body) {
        files.shasums(id, new AddressKey(key), body);
        return Response.ok().build();
    }

    @PUT
    @Path("shasums-sig/{id}/{key}")
    @Consumes(MediaType.WILDCARD)
    public Response signature(@PathParam("id") String id, @PathParam("key") String key, InputStream body) {
        files.signature(id, new AddressKey(key), body);
        return Response.ok().build();
    }

    @PUT
    @Path("binary/{id}/{key}")
    @Consumes(MediaType.WILDCARD)
    public Response binary(@PathParam("id") String id, @PathParam("key") String key, InputStream body) {
        files.binary(id, new AddressKey(key), body);
        return Response.ok().build();
    }
}
