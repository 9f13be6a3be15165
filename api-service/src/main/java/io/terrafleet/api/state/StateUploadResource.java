package io.terrafleet.api.state;

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

/** Where a promised state is uploaded: the secret is in the path, because clients send no token and drop queries. */
@Path("/api/uploads/state-versions")
@RunOnVirtualThread
@Consumes(MediaType.WILDCARD)
public class StateUploadResource {
    private final StateUploads uploads;

    StateUploadResource(StateUploads uploads) {
        this.uploads = uploads;
    }

    static String path(String id, AddressKey key) {
        return "/api/uploads/state-versions/" + id + "/" + key.secret() + "/raw";
    }

    static String jsonPath(String id, AddressKey key) {
        return "/api/uploads/state-versions/" + id + "/" + key.secret() + "/json";
    }

    @PUT
    @Path("{id}/{key}/raw")
    @Open(because = "secret in the path")
    public Response raw(@PathParam("id") String id, @PathParam("key") String key, InputStream body) {
        uploads.upload(id, new AddressKey(key), body);
        return Response.ok().build();
    }

    @PUT
    @Path("{id}/{key}/json")
    @Open(because = "secret in the path")
    public Response json(@PathParam("id") String id, @PathParam("key") String key, InputStream body) {
        uploads.uploadJson(id, new AddressKey(key), body);
        return Response.ok().build();
    }
}
