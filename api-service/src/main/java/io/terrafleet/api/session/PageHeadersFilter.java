package io.terrafleet.api.session;

import io.terrafleet.api.document.PublicUrl;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MultivaluedMap;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** What a browser is told about every answer: run and load nothing but ours, show it in no frame, guess no type. */
@Singleton
public class PageHeadersFilter {
    public static final String POLICY = "Content-Security-Policy";

    private static final String OTHER_POLICY = "default-src 'none'; frame-ancestors 'none'";

    private final boolean https;

    PageHeadersFilter(PublicUrl publicUrl) {
        this.https = publicUrl.toString().startsWith("https:");
    }

    /** @param formTargets origins, besides our own, to which the answer to a form may lead */
    public static String policy(String formTargets) {
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                + " form-action 'self'" + (formTargets.isEmpty() ? "" : " " + formTargets)
                + "; base-uri 'none'; frame-ancestors 'none'";
    }

    @ServerResponseFilter
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        boolean page = PagePaths.isPage(request.getUriInfo().getPath());
        MultivaluedMap<String, Object> headers = response.getHeaders();
        if (!headers.containsKey(POLICY)) {
            headers.putSingle(POLICY, page ? policy("") : OTHER_POLICY);
        }
        headers.putSingle("X-Content-Type-Options", "nosniff");
        headers.putSingle("Referrer-Policy", "same-origin");
        if (https) {
            headers.putSingle("Strict-Transport-Security", "max-age=31536000");
        }
        if (page && !headers.containsKey("Cache-Control")) {
            headers.putSingle("Cache-Control", "no-store");
        }
    }
}
