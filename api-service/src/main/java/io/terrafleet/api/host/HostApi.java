package io.terrafleet.api.host;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;

/** The API of one host, with one token. */
public final class HostApi {
    private final HostCalls calls;
    private final URI base;
    private final String authorization;

    HostApi(HostCalls calls, URI base, String authorization) {
        this.calls = calls;
        this.base = base;
        this.authorization = authorization;
    }

    /** @param path below the API's address, with a slash at its beginning */
    JsonNode get(String path) throws HostRefused {
        return calls.send("GET", at(path), authorization, Optional.empty());
    }

    JsonNode post(String path, Map<String, Object> body) throws HostRefused {
        return calls.send("POST", at(path), authorization, Optional.of(body));
    }

    JsonNode put(String path, Map<String, Object> body) throws HostRefused {
        return calls.send("PUT", at(path), authorization, Optional.of(body));
    }

    JsonNode patch(String path, Map<String, Object> body) throws HostRefused {
        return calls.send("PATCH", at(path), authorization, Optional.of(body));
    }

    JsonNode delete(String path) throws HostRefused {
        return calls.send("DELETE", at(path), authorization, Optional.empty());
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return base.toString();
    }

    private URI at(String path) throws HostRefused {
        try {
            return new URI(base.toString().replaceAll("/+$", "") + path);
        } catch (URISyntaxException e) {
            throw new HostRefused(404, base.getHost() + " can have nothing at " + path, Optional.empty());
        }
    }
}
