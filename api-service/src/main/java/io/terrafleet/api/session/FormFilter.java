package io.terrafleet.api.session;

import io.terrafleet.api.document.PublicUrl;
import io.terrafleet.api.problem.Problem;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.WithFormRead;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;

/**
 * A form under {@code /app} is accepted only from our own pages: the browser says that it comes from the same origin, and it carries
 * the session's token.
 */
@Singleton
public class FormFilter {
    public static final String FIELD = "form-token";
    private static final String REFUSED =
            "The form does not come from this site, or it is too old. Load the page again.";

    private final Visitor visitor;
    private final String publicOrigin;

    FormFilter(Visitor visitor, PublicUrl publicUrl) {
        this.visitor = visitor;
        this.publicOrigin = publicUrl.origin();
    }

    @WithFormRead
    @ServerRequestFilter(priority = Priorities.AUTHENTICATION + 100)
    public void filter(ContainerRequestContext request) {
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (reads || !PagePaths.isPage(request.getUriInfo().getPath())) {
            return;
        }
        if (!sameOrigin(request)) {
            throw Problem.forbidden(REFUSED);
        }
        boolean signsIn = request.getUriInfo().getPath().equals(PagePaths.SIGN_IN);
        if (!signsIn && !carriesToken()) {
            throw Problem.forbidden(REFUSED);
        }
    }

    private boolean carriesToken() {
        String expected = visitor.getFormToken();
        byte[] given = field().orElse("").getBytes(StandardCharsets.UTF_8);
        return !expected.isEmpty() && MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given);
    }

    private static Optional<String> field() {
        return CurrentRequestManager.get().getFormParameter(FIELD, true, false) instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }

    /**
     * Every browser of the last years sends one of the two headers with a form; what sends neither is no browser of ours. Behind a
     * proxy that does not keep the Host header, the origin is the public address.
     */
    private boolean sameOrigin(ContainerRequestContext request) {
        String site = request.getHeaderString("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin")) {
            return false;
        }
        String origin = request.getHeaderString("Origin");
        if (origin == null) {
            return site != null;
        }
        String host = request.getHeaderString("Host");
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority != null && (authority.equalsIgnoreCase(host) || origin.equalsIgnoreCase(publicOrigin));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
