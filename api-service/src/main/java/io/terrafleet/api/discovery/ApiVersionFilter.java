package io.terrafleet.api.discovery;

import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * The headers by which clients tell what this server can do, on every answer of the API. The cloud block wants {@code
 * TFP-API-Version} of 2.5 or more, 2.6 allows import blocks; {@code X-TFE-Version} must look like {@code vYYYYMM-N}.
 */
@Singleton
public class ApiVersionFilter {
    @ServerResponseFilter
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!request.getUriInfo().getPath().startsWith("/api/")) {
            return;
        }
        MultivaluedMap<String, Object> headers = response.getHeaders();
        headers.putSingle("TFP-API-Version", "2.6");
        headers.putSingle("TFP-AppName", "Terraform Enterprise");
        headers.putSingle("X-TFE-Version", "v202501-1");
        headers.putSingle("X-Content-Type-Options", "nosniff");
        if (!headers.containsKey(HttpHeaders.CACHE_CONTROL)) {
            headers.putSingle(HttpHeaders.CACHE_CONTROL, "private, no-store");
        }
    }
}
