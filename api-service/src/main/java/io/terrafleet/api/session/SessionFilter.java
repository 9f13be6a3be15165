package io.terrafleet.api.session;

import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Open;
import io.terrafleet.api.access.Principal;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Lets a browser with a session see the pages. Only pages: a cookie is never good for the API, so no other site's form can reach
 * it. Runs before the filter that asks for a token, which is content when the caller is known.
 */
@Singleton
public class SessionFilter {
    public static final String COOKIE = "terrafleet-session";

    private final Sessions sessions;
    private final Caller caller;
    private final Visitor visitor;

    SessionFilter(Sessions sessions, Caller caller, Visitor visitor) {
        this.sessions = sessions;
        this.caller = caller;
        this.visitor = visitor;
    }

    @ServerRequestFilter(priority = Priorities.AUTHENTICATION - 100)
    public Optional<Response> filter(ContainerRequestContext request, ResourceInfo resource) {
        if (!PagePaths.isPage(request.getUriInfo().getPath()) || resource.getResourceMethod() == null) {
            return Optional.empty();
        }
        Optional<String> secret = cookie(request);
        Optional<Principal> principal = secret.flatMap(sessions::principal);
        if (principal.isPresent()) {
            caller.is(principal.get());
            visitor.is(principal.get().name(), Sessions.formToken(secret.orElseThrow()));
            return Optional.empty();
        }
        return open(resource) ? Optional.empty() : Optional.of(toSignIn(request));
    }

    static Optional<String> cookie(ContainerRequestContext request) {
        return Optional.ofNullable(request.getCookies().get(COOKIE)).map(Cookie::getValue);
    }

    private static boolean open(ResourceInfo resource) {
        return resource.getResourceMethod().isAnnotationPresent(Open.class)
                || resource.getResourceClass().isAnnotationPresent(Open.class);
    }

    /** A part of a page that is fetched alone tells htmx to go to the sign-in page as a whole. */
    private static Response toSignIn(ContainerRequestContext request) {
        boolean part = request.getHeaderString("HX-Request") != null;
        if (part || !request.getMethod().equals("GET")) {
            String where = PagePaths.signIn("/app");
            return part
                    ? Response.status(401).header("HX-Redirect", where).build()
                    : Response.seeOther(URI.create(where)).build();
        }
        URI asked = request.getUriInfo().getRequestUri();
        String query = asked.getRawQuery();
        String wanted = query != null && asked.getRawPath().equals(PagePaths.LOGIN_OF_COMMANDS)
                ? asked.getRawPath() + "?" + query
                : asked.getRawPath();
        return Response.seeOther(URI.create(PagePaths.signIn(wanted))).build();
    }
}
